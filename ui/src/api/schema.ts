// Made from docs/api/openapi.yaml by "node tools/api.mjs --write"; not edited by hand.

export interface paths {
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The case in numbers */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events, one named "change" whenever something was committed to the case */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents that answer a query */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the documents of a result name most */
        get: operations["searchNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How much each line of a list of terms finds */
        post: operations["batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A list of all results as CSV, which the custody log records */
        post: operations["exportList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/originals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records in the custody log that originals are taken, and makes them ready as a ZIP */
        post: operations["exportOriginals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ZIP of originals that was made ready, once */
        get: operations["exported"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Searches kept with a name */
        get: operations["saved"];
        put?: never;
        /** Keeps a search */
        post: operations["savedAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        /** How much a kept search finds and what of it is new */
        get: operations["savedOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A kept search is opened: what it finds is not new any more */
        post: operations["savedOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes a kept search */
        post: operations["savedRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the reader asked */
        get: operations["history"];
        put?: never;
        /** Puts a search into the history */
        post: operations["historyAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Clears the history of the reader */
        post: operations["historyClear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and words of the case that begin as somebody types */
        get: operations["complete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of the ledger */
        get: operations["ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that a filter leaves, in numbers */
        get: operations["ledgerSums"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All rows that a filter leaves, as CSV (RFC 4180) */
        get: operations["ledgerCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the case holds, what is being read, what is new, what needs a person */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What who reads here has seen */
        post: operations["visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the last reading again stands */
        get: operations["retry"];
        put?: never;
        /** Reads again what failed */
        post: operations["retryStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retry/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops what is being read again */
        post: operations["retryStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** An item and what belongs to it */
        get: operations["item"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/hits": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** Pages of an item that answer a query */
        get: operations["itemHits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** The dates that a document's text names, and where */
        get: operations["itemDates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/provenance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** How an item came, through which containers, under which hashes */
        get: operations["itemProvenance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/original": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The original, taken out; the custody log says by whom */
        post: operations["itemOriginal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/thread": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** The conversation a message belongs to */
        get: operations["itemThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/near": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** Documents with much the same text */
        get: operations["itemNear"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** What differs between two texts, word by word */
        get: operations["itemDifference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/pages/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        /** A page's text, with the words of a query marked */
        get: operations["page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/pages/{page}/words": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        /** Where on its picture the words of a page are */
        get: operations["pageWords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/pages/{page}/names": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        /** Who and what a page names, and where */
        get: operations["pageNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/pages/{page}/image": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        /** A page's picture, drawn by the sandboxed worker */
        get: operations["pageImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who and what is named */
        get: operations["names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairs that may be the same and that nobody has decided */
        get: operations["review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        /** All that is known of one */
        get: operations["name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names/{name}/passages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        /** Where it is named, in the order of the documents' dates */
        get: operations["namePassages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names/{name}/company": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        /** Who and what is named on the same pages */
        get: operations["nameCompany"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is named with whom */
        get: operations["network"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/network/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ties as CSV */
        get: operations["networkCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/network/graphml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and ties as GraphML */
        get: operations["networkGraphml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/network/passages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The passages behind a tie */
        get: operations["networkPassages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many documents lie where in time */
        get: operations["timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/timeline/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Folders that may be lanes, those with most documents */
        get: operations["timelineFolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/timeline/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents of some days, or without a date */
        get: operations["timelineDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people have decided of names */
        get: operations["decisions"];
        put?: never;
        /** Decides, or takes a decision back */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labels that stand, and how many marks there are */
        get: operations["labels"];
        put?: never;
        /** Makes a label */
        post: operations["labelAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a label another name or colour */
        post: operations["labelChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes a label */
        post: operations["labelRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a removed label and its marks back */
        post: operations["labelRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{item}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        /** What people marked on a document and on those with the same content */
        get: operations["itemMarks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Marks */
        get: operations["marks"];
        put?: never;
        /** Marks a document, a page or a part of it */
        post: operations["markAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The marks that a filter leaves, as CSV (RFC 4180) */
        get: operations["marksCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/many": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a tag, star or list entry on many documents, or takes it off */
        post: operations["marksMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes a mark */
        post: operations["markChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes a mark */
        post: operations["markRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a removed mark back */
        post: operations["markRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/marks/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        /** What the text of a mark was */
        get: operations["markRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session */
        post: operations["leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Overview: {
            /** @description those that a query can find */
            documents: number;
            undated: number;
            facets: components["schemas"]["Facets"];
            /** @description items that are still to be read */
            waiting: number;
            running: components["schemas"]["Running"] | null;
            /** @description the highest number of an item */
            items: number;
            /** @description the number of the last entry of the custody log */
            acts: number;
            /** @description what came after the last visit of who reads here; null on the first */
            since: {
                at: string;
                /** @description the highest number of an item then */
                after: number;
                items: number;
                acts: number;
            } | null;
            /** @description duplicates whose name or time is not that of the first */
            differing: number;
            /** @description pairs of names that wait for a decision */
            pairs: number;
        };
        NamedCounts: {
            /** @description in the result */
            documents: number;
            kinds: {
                kind: components["schemas"]["NameKind"];
                /** @description of this kind that the documents name */
                total: number;
                /** @description those that most documents name first */
                names: components["schemas"]["NamedCount"][];
            }[];
        };
        NamedCount: {
            id: number;
            /** @description its commonest spelling */
            name: string;
            /** @description of the result; what the filter named:ID leaves */
            documents: number;
        };
        Facets: {
            type: components["schemas"]["FacetValue"][];
            lang: components["schemas"]["FacetValue"][];
            year: components["schemas"]["FacetValue"][];
            folder: components["schemas"]["FacetValue"][];
            outcome: components["schemas"]["FacetValue"][];
            tag: components["schemas"]["FacetValue"][];
        };
        Seen: {
            items: number;
            acts: number;
        };
        LedgerSums: {
            items: number;
            bytes: number;
            pages: number;
            chars: number;
            outcomes: {
                [key: string]: number;
            };
            reasons: {
                outcome: string;
                reason: string;
                items: number;
            }[];
        };
        RetryWish: {
            /** @description only what has this reason; otherwise all that failed */
            reason?: string;
            /** @description only this item */
            item?: number;
            /** @description to be tried */
            passwords?: string;
            /** @description of scanned pages: "eng+fas"; otherwise the usual ones */
            langs?: string;
        };
        Retry: {
            /** @enum {string} */
            phase: "never" | "running" | "done" | "stopped" | "failed";
            read: number;
            waiting: number;
            left_ms: number | null;
            /** @description items that were taken to be read again */
            count: number;
            helped: number;
            not_helped: number;
            /** @description those whose text from before was better */
            stayed: number;
            /** @description why it failed */
            message: string | null;
            /** @description languages that scanned pages can be read in here */
            langs: string[];
        };
        /** @description How the case stands. Whoever shows something of it asks again. */
        Change: {
            /** @description differs in each message */
            turn: number;
            /** @description the highest number of an item */
            items: number;
            /** @description items that are still to be read */
            waiting: number;
            /** @description the number of the last entry of the custody log */
            acts: number;
            running: components["schemas"]["Running"] | null;
        };
        /** @description A run that reads documents into the case now, in any process */
        Running: {
            /**
             * @description takes files in
             * @enum {string}
             */
            what: "add" | "read";
            started: string;
            elapsed_ms: number;
            /** @description an estimate */
            left_ms: number | null;
            files_total: number;
            files_taken: number;
            items_read: number;
            waiting: number;
            pages: number;
            failed: number;
        };
        Refusal: {
            error: {
                code: string;
                /** @description for people, may change */
                message: string;
            };
        };
        /**
         * @default relevance
         * @enum {string}
         */
        Sort: "relevance" | "date" | "-date" | "path";
        /** @description From and to in UTF-16 code units of the text */
        Mark: [
            number,
            number
        ];
        /** @description The number of a mark, and a word's box in 65535ths of the page */
        Box: [
            number,
            number,
            number,
            number,
            number
        ];
        Marks: components["schemas"]["Mark"][];
        Numbers: number[];
        Status: {
            /** @constant */
            api: 1;
            version: string;
            case: string;
            items: number;
            objects: number;
            bytes: number;
            pages: number;
            chars: number;
            outcomes: {
                [key: string]: number;
            };
            reasons: {
                outcome: string;
                reason: string;
                items: number;
            }[];
            unequal_containers: number;
        };
        Hit: {
            item: number;
            page: number;
            pages: number;
            score: number;
            path: string;
            name: string;
            title: string | null;
            /** @description The story where the words stand, in a page that holds several */
            label: string | null;
            type: string | null;
            lang: string | null;
            date: string | null;
            date_source: string | null;
            /** @description the date in Iran's calendar */
            solar: string | null;
            ocr: boolean;
            /** @description there is a picture of the page */
            image: boolean;
            snippet: string;
            marks: components["schemas"]["Marks"];
            misread: components["schemas"]["Numbers"];
            /** @description what people marked there, in brief */
            marked: {
                kind: components["schemas"]["MarkKind"];
                label: number;
                name: string;
                colour: string;
                marks: number;
            }[];
        };
        Terms: {
            /** @description a term a line; at most 48 KiB */
            lines: string;
        };
        TermRows: {
            rows: components["schemas"]["TermRow"][];
            /** @description the line from which it was not searched yet */
            next: number | null;
        };
        TermRow: {
            line: number;
            term: string;
            documents: number;
            pages: number;
            as_words: boolean;
            note: string | null;
            /** @description why the line was not searched */
            reason: string | null;
        };
        ListWanted: {
            query: string;
            sort?: components["schemas"]["Sort"];
        };
        OriginalsWanted: {
            query?: string;
            /** @description numbers with commas between; of these instead of all that is found */
            items?: string;
            why?: string;
        };
        Parcel: {
            id: number;
            documents: number;
            originals: number;
            bytes: number;
        };
        SavedWanted: {
            name: string;
            /** @description how the reading room shows it */
            view: string;
            query: string;
        };
        SavedSearches: {
            saved: components["schemas"]["SavedSearch"][];
        };
        SavedSearch: {
            id: number;
            name: string;
            by: string;
            view: string;
            made: string;
            opened: string;
        };
        SavedCounts: {
            id: number;
            total: number;
            new: number;
        };
        Asked: {
            view: string;
            documents: number;
        };
        History: {
            history: {
                at: string;
                view: string;
                documents: number;
            }[];
        };
        FacetValue: {
            value: string;
            items: number;
        };
        SearchResult: {
            query: string;
            offset: number;
            total: number;
            pages: number;
            ms: number;
            undated: number;
            as_words: boolean;
            note: string | null;
            names: components["schemas"]["UsedName"][];
            /** @description what a question that finds little may mean: without its small words, its date as a filter */
            meant: {
                query: string;
                documents: number;
            } | null;
            hits: components["schemas"]["Hit"][];
            facets?: {
                [key: string]: components["schemas"]["FacetValue"][];
            };
        };
        Row: {
            item: number;
            parent: number | null;
            path: string;
            name: string;
            name_escaped: boolean;
            sha256: string | null;
            bytes: number;
            modified: string | null;
            type: string | null;
            lang: string | null;
            pages: number | null;
            chars: number | null;
            outcome: string;
            reason: string | null;
            detail: string | null;
            duplicate_of: number | null;
            /** @description rows directly inside it */
            children: number;
            /** @description children that its reader gave; the same in a sound case */
            announced: number;
            title: string | null;
            date: string | null;
            from: string | null;
            to: string | null;
            source: string | null;
        };
        Listing: {
            rows: components["schemas"]["Row"][];
            next: number | null;
        };
        ItemLink: {
            item: number;
            name: string;
            path: string;
            type: string | null;
            outcome: string;
        };
        OwnDate: {
            source: string;
            edtf: string;
            earliest: string;
            latest: string;
            solar: string | null;
            calendar: string;
            certainty: string;
            page: number | null;
            text: string;
        };
        DateReading: {
            edtf: string | null;
            /** @description null, and so the others, when only the document's own date would tell which days are meant */
            earliest: string | null;
            latest: string | null;
            /** @description the same in Iran's calendar */
            solar: string | null;
            /** @description in which it is named */
            calendar: string;
            /** @enum {string} */
            certainty: "exact" | "inferred" | "approximate" | "ambiguous" | "unknown";
        };
        NamedDate: {
            page: number;
            start: number;
            end: number;
            /** @description as written */
            text: string;
            /** @description by what the document dates itself here; null where it only speaks of a date */
            source: string | null;
            readings: components["schemas"]["DateReading"][];
        };
        NamedDates: {
            item: number;
            offset: number;
            total: number;
            dates: components["schemas"]["NamedDate"][];
        };
        Item: components["schemas"]["Row"] & {
            stored_pages: number;
            meta: {
                key: string;
                value: string;
            }[];
            dates: components["schemas"]["OwnDate"][];
            containers: components["schemas"]["ItemLink"][];
            duplicates: components["schemas"]["ItemLink"][];
        };
        Taking: {
            /** @description for the custody log */
            why?: string;
        };
        Provenance: {
            item: number;
            /** @description the reader of documents that read it */
            reader: string | null;
            intake: {
                intake: number;
                at: string;
                source: string | null;
                /** @description as given, a line each */
                paths: string;
                program: string;
            };
            /** @description the item and the containers around it, the nearest first */
            steps: components["schemas"]["Row"][];
            custody: {
                entry: number;
                at: string;
                event: string;
                detail: string;
                chain: string;
            }[];
            copies: {
                item: number;
                name: string;
                path: string;
                modified: string | null;
                intake: number;
                at: string;
            }[];
        };
        Message: components["schemas"]["Row"] & {
            /** @description the message it answers */
            answers: number | null;
            copies: components["schemas"]["Numbers"];
            attachments: components["schemas"]["Row"][];
        };
        Thread: {
            item: number;
            /** @description messages in the case, copies among them */
            total: number;
            /** @description messages that are referred to and not in the case */
            missing: number;
            messages: components["schemas"]["Message"][];
        };
        Near: components["schemas"]["Row"] & {
            /** @description estimated share of what both have, in hundredths */
            likeness: number;
            words: number;
        };
        NearList: {
            item: number;
            near: components["schemas"]["Near"][];
        };
        Difference: {
            item: number;
            with: number;
            words: number;
            words_with: number;
            /** @description words that both have */
            same: number;
            /** @description one of the texts goes on */
            cut: boolean;
            parts: {
                /** @enum {string} */
                kind: "same" | "left" | "right";
                text: string;
                /** @description words between text and end */
                left_out: number;
                end: string;
                page: number;
                page_with: number;
            }[];
        };
        ItemHits: {
            item: number;
            pages: components["schemas"]["Numbers"];
        };
        Page: {
            item: number;
            page: number;
            /** @enum {string} */
            method: "flow" | "text" | "ocr";
            label: string | null;
            lang: string | null;
            /** @enum {string} */
            dir: "ltr" | "rtl";
            image: boolean;
            width: number;
            height: number;
            confidence: number | null;
            text: string;
            marks: components["schemas"]["Marks"];
            misread: components["schemas"]["Numbers"];
            boxes: components["schemas"]["Box"][];
            rest: string;
            rest_marks: components["schemas"]["Marks"];
        };
        /** @description From and to in UTF-16 code units of the text, the box in 65535ths of the page, how sure OCR was (0-100, -1 without OCR) */
        Word: [
            number,
            number,
            number,
            number,
            number,
            number,
            number
        ];
        PageWords: {
            item: number;
            page: number;
            words: components["schemas"]["Word"][];
            /** @description the page has more words */
            cut: boolean;
        };
        PageName: {
            id: number;
            kind: components["schemas"]["NameKind"];
            /** @description its commonest spelling */
            name: string;
            start: number;
            end: number;
        };
        PageNames: {
            item: number;
            page: number;
            names: components["schemas"]["PageName"][];
        };
        /** @enum {string} */
        MarkKind: "tag" | "star" | "note" | "highlight" | "list" | "translation";
        /** @enum {string} */
        LabelKind: "tag" | "highlight" | "list";
        /** @enum {string} */
        Colour: "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "violet" | "grey";
        Label: {
            id: number;
            kind: components["schemas"]["LabelKind"];
            name: string;
            colour: components["schemas"]["Colour"];
            marks: number;
            /** @description of a list: entries that are not worked off */
            open: number;
            by: string;
            removed: boolean;
        };
        Labels: {
            labels: components["schemas"]["Label"][];
            sums: {
                kind: components["schemas"]["MarkKind"];
                by: string;
                mine: boolean;
                marks: number;
            }[];
        };
        LabelWish: {
            kind: components["schemas"]["LabelKind"];
            /** @description at most 200 bytes */
            name: string;
            colour?: components["schemas"]["Colour"];
        };
        LabelChange: {
            name?: string;
            colour?: components["schemas"]["Colour"];
        };
        LabelRemoval: {
            /** @description otherwise it is refused while marks use it */
            with_marks?: boolean;
        };
        /** @description Left, top, right, bottom in 10000ths of the page as it is shown */
        Region: [
            number,
            number,
            number,
            number
        ];
        /** @description What somebody marked. What a kind does not have is empty, 0 or null. */
        Annotation: {
            id: number;
            kind: components["schemas"]["MarkKind"];
            /** @description one with the same content, perhaps */
            item: number;
            /** @description 0: the whole document */
            page: number;
            regions: components["schemas"]["Region"][];
            /** @description the words that are meant */
            quote: string;
            /** @description where the quote is in the page's text now, in UTF-16 code units; in lists 0 */
            start: number;
            /** @description 0: it is not known where */
            end: number;
            label: number;
            /** @description of the label */
            name: string;
            /** @description of the label */
            colour: string;
            /** @description of a note or a translation */
            text: string;
            /** @description of the text */
            lang: string;
            /**
             * @description of a list entry
             * @enum {string}
             */
            state: "" | "open" | "done";
            done_by: string;
            done_at: string | null;
            checked_by: string;
            checked_at: string | null;
            by: string;
            mine: boolean;
            at: string;
            edited_at: string | null;
            revisions: number;
            removed: boolean;
            path: string;
            title: string;
        };
        MarksOnItem: {
            marks: components["schemas"]["Annotation"][];
        };
        MarkList: {
            total: number;
            offset: number;
            marks: components["schemas"]["Annotation"][];
        };
        MarkWish: {
            kind: components["schemas"]["MarkKind"];
            item: number;
            page?: number;
            regions?: components["schemas"]["Region"][];
            /** @description at most 64 KiB */
            quote?: string;
            /** @description in UTF-16 code units */
            start?: number;
            end?: number;
            label?: number;
            /** @description in place of its number; made if there is none */
            label_name?: string;
            colour?: components["schemas"]["Colour"];
            /** @description a note has at most 64 KiB, a translation 256 KiB */
            text?: string;
            /** @description a language tag (RFC 5646) */
            lang?: string;
        };
        ManyWish: {
            /** @enum {string} */
            kind: "tag" | "star" | "list";
            label?: number;
            label_name?: string;
            colour?: components["schemas"]["Colour"];
            items: number[];
            remove?: boolean;
        };
        MarkedMany: {
            /** @description that was put or taken off; 0 for stars */
            label: number;
            items: number[];
        };
        /** @description What is not there stays */
        MarkChange: {
            text?: string;
            lang?: string;
            /** @enum {string} */
            state?: "open" | "done";
            checked?: boolean;
            label?: number;
        };
        Revisions: {
            revisions: {
                revision: number;
                text: string;
                lang: string;
                by: string;
                at: string;
            }[];
        };
        /** @enum {string} */
        NameKind: "person" | "organisation" | "place" | "post" | "email" | "url" | "phone" | "iban" | "card" | "passport" | "national-id" | "plate" | "coordinates" | "reference";
        /**
         * @default documents
         * @enum {string}
         */
        NameOrder: "documents" | "mentions" | "name";
        Name: {
            id: number;
            kind: components["schemas"]["NameKind"];
            name: string;
            documents: number;
            mentions: number;
            spellings: number;
        };
        NameList: {
            kinds: {
                [key: string]: number;
            };
            total: number;
            offset: number;
            names: components["schemas"]["Name"][];
        };
        Decision: {
            decision: number;
            verdict: components["schemas"]["VerdictWord"];
            /** @description of an undo */
            undoes?: number;
            /** @description of all others */
            a?: string;
            /** @description of a rename the name, of a note "" */
            b?: string;
            at: string;
            by: string;
            why: string;
            undone_by?: number;
        };
        /**
         * @description `rename`: `a` is shown as `b` from now on, "" as its commonest spelling again. `note`: `why` is noted of `a`,
         *     "" nothing any more; the note `undoes`, or the latest, gives way to it.
         * @enum {string}
         */
        VerdictWord: "same" | "different" | "unsure" | "undo" | "rename" | "note";
        Decisions: {
            decisions: components["schemas"]["Decision"][];
        };
        Verdict: {
            verdict: components["schemas"]["VerdictWord"];
            /** @description a spelling, or "#" and a number */
            a?: string;
            b?: string;
            undoes?: number;
            why?: string;
        };
        Decided: {
            decision: number;
            now: components["schemas"]["Numbers"];
        };
        NamePage: components["schemas"]["Name"] & {
            /** @description the decision that gave it the name it is shown by; null of one shown by its commonest spelling */
            called: components["schemas"]["Decision"] | null;
            /** @description what people note of it, the newest first; several of one that was joined */
            notes: components["schemas"]["Decision"][];
            written: {
                spelling: string;
                kind: components["schemas"]["NameKind"];
                documents: number;
                mentions: number;
            }[];
            /** @description spellings beyond those given */
            left_out: number;
            posts: {
                post: string;
                mentions: number;
            }[];
            years: {
                /** @description "" undated, "?" of several years */
                year: string;
                documents: number;
            }[];
            near: {
                id: number;
                name: string;
                by: string;
                score: number;
                decision?: number;
            }[];
            decisions: components["schemas"]["Decision"][];
        };
        Passage: {
            item: number;
            page: number;
            path: string;
            name: string;
            title: string | null;
            date: string | null;
            date_source: string | null;
            solar: string | null;
            spelling: string;
            /** @description a surname alone, understood by the full name in the document */
            by_document: boolean;
            text: string;
            marks: components["schemas"]["Marks"];
            cut_front: boolean;
            cut_back: boolean;
        };
        Passages: {
            id: number;
            offset: number;
            passages: components["schemas"]["Passage"][];
        };
        Company: {
            id: number;
            company: (components["schemas"]["Name"] & {
                pages: number;
            })[];
        };
        ReviewSide: components["schemas"]["Name"] & {
            /** @description the one that is most like the other's */
            spelling: string;
        };
        Pair: {
            a: components["schemas"]["ReviewSide"];
            b: components["schemas"]["ReviewSide"];
            score: number;
            reason: {
                kind: string;
                a: string | null;
                b: string | null;
                likeness: number;
            }[];
        };
        Review: {
            total: number;
            offset: number;
            pairs: components["schemas"]["Pair"][];
        };
        UsedName: {
            asked: string;
            /** @description missing when nobody is named so */
            id?: number;
            name?: string;
            spellings: {
                spelling: string;
                mentions: number;
                used: boolean;
            }[];
            left_out?: number;
            others: {
                id: number;
                name: string;
            }[];
        };
        Completions: {
            names: components["schemas"]["Name"][];
            words: {
                word: string;
                pages: number;
            }[];
        };
        TimelineFolders: {
            folders: {
                /** @description empty for what lies in no folder */
                path: string;
                documents: number;
            }[];
        };
        /** @enum {string} */
        TimelineUnit: "day" | "month" | "year" | "decade";
        /** @enum {string} */
        TimelineCalendar: "gregorian" | "solar-hijri";
        TimelineDays: {
            first: string;
            last: string;
            /** @description the same in Iran's calendar */
            solar: string | null;
        };
        TimelineBar: components["schemas"]["TimelineDays"] & {
            documents: number;
        };
        TimelineCounts: {
            /** @description with text */
            documents: number;
            undated: number;
            /** @description whose date spans several bars */
            inexact: number;
            /** @description whose date lies outside of what is shown */
            beyond: number;
            /** @description those that have documents */
            bars: components["schemas"]["TimelineBar"][];
        };
        TimelineLane: components["schemas"]["TimelineCounts"] & {
            /** @description of a name */
            id?: number;
            /** @description of the lane */
            name: string;
        };
        TimelineAxis: {
            calendar: components["schemas"]["TimelineCalendar"];
            unit: components["schemas"]["TimelineUnit"];
            ticks: {
                first: string;
                last: string;
                /** @description its beginning in its own calendar, as exact as the unit */
                date: string;
            }[];
        };
        Timeline: components["schemas"]["TimelineCounts"] & {
            unit: components["schemas"]["TimelineUnit"];
            calendar: components["schemas"]["TimelineCalendar"];
            /** @description from the first to the last day of all documents */
            all: components["schemas"]["TimelineDays"] | null;
            /** @description from the first bar to the last */
            shown: components["schemas"]["TimelineDays"] | null;
            /** @description what is not exact */
            stretches: components["schemas"]["TimelineBar"][];
            /** @description documents */
            stretches_left_out: number;
            lanes: components["schemas"]["TimelineLane"][];
            axes: components["schemas"]["TimelineAxis"][];
        };
        TimelineDocument: {
            item: number;
            date: string | null;
            date_source: string | null;
            solar: string | null;
            /** @description it may be of other days */
            inexact: boolean;
            path: string;
            name: string;
            title: string | null;
            type: string | null;
        };
        TimelineDocuments: {
            total: number;
            /** @description of them only perhaps of these days */
            inexact: number;
            offset: number;
            documents: components["schemas"]["TimelineDocument"][];
        };
        NetworkName: {
            id: number;
            kind: components["schemas"]["NameKind"];
            name: string;
            /** @description of those looked at */
            documents: number;
            mentions: number;
            /** @description of those shown */
            ties: number;
            /** @description of these ties */
            passages: number;
            /** @description the network grows from it */
            centre: boolean;
        };
        NetworkTie: {
            /** @description number of a name */
            a: number;
            b: number;
            passages: number;
            documents: number;
        };
        Network: {
            /** @description how many bytes of text are between two names at most */
            within: number;
            names: components["schemas"]["NetworkName"][];
            /** @description the heaviest first */
            ties: components["schemas"]["NetworkTie"][];
            /** @description less often named or tied */
            names_left_out: number;
            /** @description the lightest, beyond 50,000 */
            ties_left_out: number;
            /** @description looked at */
            mentions: number;
            /** @description there are more than are looked at */
            capped: boolean;
        };
        TiePassage: {
            item: number;
            page: number;
            path: string;
            name: string;
            title: string | null;
            date: string | null;
            date_source: string | null;
            solar: string | null;
            text: string;
            /** @description the two names */
            marks: components["schemas"]["Mark"][];
            cut_front: boolean;
            cut_back: boolean;
        };
        TiePassages: {
            a: number;
            b: number;
            offset: number;
            passages: components["schemas"]["TiePassage"][];
            total: number;
        };
    };
    responses: {
        /** @description What went wrong */
        Refusal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: {
        /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
        From: string;
        /** @description a date, written likewise */
        To: string;
        Item: number;
        Page: number;
        /** @description docs/SEARCH.md; at most 8192 bytes */
        Query: string;
        /** @description The number of an entity */
        Name: number;
        Kind: components["schemas"]["NameKind"];
        Offset: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream whose data are Change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Change"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    search: {
        parameters: {
            query?: {
                /** @description docs/SEARCH.md; at most 8192 bytes */
                q?: components["parameters"]["Query"];
                offset?: components["parameters"]["Offset"];
                limit?: number;
                sort?: components["schemas"]["Sort"];
                facets?: 0 | 1;
                /** @description a kept search: what it knew before it was opened last is left out */
                since?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    searchNames: {
        parameters: {
            query?: {
                /** @description docs/SEARCH.md; at most 8192 bytes */
                q?: components["parameters"]["Query"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Persons, organisations and places, with exact counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedCounts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Terms"];
            };
        };
        responses: {
            /** @description As many rows as fit a moment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TermRows"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    exportList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListWanted"];
            };
        };
        responses: {
            /** @description RFC 4180 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    exportOriginals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OriginalsWanted"];
            };
        };
        responses: {
            /** @description They can be fetched */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    exported: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Originals with a manifest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    saved: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedSearches"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    savedAdd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedWanted"];
            };
        };
        responses: {
            /** @description It is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedCounts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    savedOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedCounts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    savedOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was new until now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedCounts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    savedRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    history: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    historyAdd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Asked"];
            };
        };
        responses: {
            /** @description It is recorded */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    historyClear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is empty */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    complete: {
        parameters: {
            query?: {
                /** @description what is being typed; at most 256 bytes */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Completions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completions"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    ledger: {
        parameters: {
            query?: {
                outcome?: string;
                reason?: string;
                parent?: number;
                after?: number;
                type?: string;
                folder?: string;
                words?: string;
                differs?: 0 | 1;
                unequal?: 0 | 1;
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    ledgerSums: {
        parameters: {
            query?: {
                outcome?: string;
                reason?: string;
                parent?: number;
                after?: number;
                type?: string;
                folder?: string;
                words?: string;
                differs?: 0 | 1;
                unequal?: 0 | 1;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerSums"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    ledgerCsv: {
        parameters: {
            query?: {
                outcome?: string;
                reason?: string;
                parent?: number;
                after?: number;
                type?: string;
                folder?: string;
                words?: string;
                differs?: 0 | 1;
                unequal?: 0 | 1;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    visit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Seen"];
            };
        };
        responses: {
            /** @description It is noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    retry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retry"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    retryStart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryWish"];
            };
        };
        responses: {
            /** @description It has begun */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    retryStop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ends soon */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemHits: {
        parameters: {
            query?: {
                /** @description docs/SEARCH.md; at most 8192 bytes */
                q?: components["parameters"]["Query"];
            };
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers of pages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemHits"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemDates: {
        parameters: {
            query?: {
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dates in the order of the text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedDates"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemProvenance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its origin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provenance"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Taking"];
            };
        };
        responses: {
            /** @description The bytes as they were received */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemThread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages in the order they were held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemNear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The most alike first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NearList"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemDifference: {
        parameters: {
            query: {
                /** @description The number of the other item */
                with: number;
            };
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stretches in the order of the texts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    page: {
        parameters: {
            query?: {
                /** @description docs/SEARCH.md; at most 8192 bytes */
                q?: components["parameters"]["Query"];
            };
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    pageWords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Words in the order of the text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageWords"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    pageNames: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names in the order of the text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageNames"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    pageImage: {
        parameters: {
            query?: {
                dpi?: number;
            };
            header?: never;
            path: {
                item: components["parameters"]["Item"];
                page: components["parameters"]["Page"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    names: {
        parameters: {
            query?: {
                kind?: components["parameters"]["Kind"];
                /** @description words that one spelling has; at most 256 bytes */
                text?: string;
                sort?: components["schemas"]["NameOrder"];
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NameList"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    review: {
        parameters: {
            query?: {
                kind?: components["parameters"]["Kind"];
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pairs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamePage"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    namePassages: {
        parameters: {
            query?: {
                /** @description only those of this spelling */
                spelling?: string;
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Passages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passages"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    nameCompany: {
        parameters: {
            query?: {
                kind?: components["parameters"]["Kind"];
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The number of an entity */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    network: {
        parameters: {
            query?: {
                /** @description numbers of names with commas between: it grows from these; 64 at most */
                around?: string;
                /** @description names around each of them */
                each?: number;
                /** @description without around: the names in most documents */
                names?: number;
                /** @description person, organisation, place; with commas between */
                kinds?: string;
                /** @description passages that a tie has at least */
                least?: number;
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is named with whom */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    networkCsv: {
        parameters: {
            query?: {
                /** @description numbers of names with commas between: it grows from these; 64 at most */
                around?: string;
                /** @description names around each of them */
                each?: number;
                /** @description without around: the names in most documents */
                names?: number;
                /** @description person, organisation, place; with commas between */
                kinds?: string;
                /** @description passages that a tie has at least */
                least?: number;
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ties as CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    networkGraphml: {
        parameters: {
            query?: {
                /** @description numbers of names with commas between: it grows from these; 64 at most */
                around?: string;
                /** @description names around each of them */
                each?: number;
                /** @description without around: the names in most documents */
                names?: number;
                /** @description person, organisation, place; with commas between */
                kinds?: string;
                /** @description passages that a tie has at least */
                least?: number;
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names and ties as GraphML */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/graphml+xml": unknown;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    networkPassages: {
        parameters: {
            query: {
                a: number;
                b: number;
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passages behind a tie */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TiePassages"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    timeline: {
        parameters: {
            query?: {
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
                unit?: components["schemas"]["TimelineUnit"];
                calendar?: components["schemas"]["TimelineCalendar"];
                lanes?: "person" | "folder" | "picked";
                /** @description with lanes=picked: at most 12 lines, each "#" and the number of a name or "/" and the path of a folder */
                picked?: string;
                /** @description only documents with this name */
                name?: number;
                /** @description only documents of this folder */
                folder?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bars */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    timelineFolders: {
        parameters: {
            query?: {
                /** @description letters that the path has; at most 256 bytes */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most eight folders */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineFolders"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    timelineDocuments: {
        parameters: {
            query?: {
                /** @description a date: 2014, 2014-11, 2014-11-03, 1393-08-12 */
                from?: components["parameters"]["From"];
                /** @description a date, written likewise */
                to?: components["parameters"]["To"];
                /** @description 1 those without a date */
                undated?: 0 | 1;
                /** @description only documents with this name */
                name?: number;
                /** @description only documents of this folder */
                folder?: string;
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Documents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineDocuments"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    decisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Decisions in the order they were made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decisions"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verdict"];
            };
        };
        responses: {
            /** @description It is recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    labels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By kind and name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Labels"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    labelAdd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelWish"];
            };
        };
        responses: {
            /** @description The label of that name and kind; the one that was there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    labelChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelChange"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    labelRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelRemoval"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    labelRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    itemMarks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: components["parameters"]["Item"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarksOnItem"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    marks: {
        parameters: {
            query?: {
                kind?: components["schemas"]["MarkKind"];
                label?: number;
                /** @description whose */
                by?: string;
                mine?: 0 | 1;
                /** @description of list entries */
                state?: "open" | "done";
                /** @description begins of words of text, quote or label; at most 1024 bytes, eight count */
                q?: string;
                /** @description the newest first; or by document and page */
                sort?: "" | "oldest" | "place";
                offset?: components["parameters"]["Offset"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of those that a filter leaves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkList"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    markAdd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkWish"];
            };
        };
        responses: {
            /** @description The mark; the one that was there of a tag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    marksCsv: {
        parameters: {
            query?: {
                kind?: components["schemas"]["MarkKind"];
                label?: number;
                /** @description whose */
                by?: string;
                mine?: 0 | 1;
                /** @description of list entries */
                state?: "open" | "done";
                /** @description begins of words of text, quote or label; at most 1024 bytes, eight count */
                q?: string;
                /** @description the newest first; or by document and page */
                sort?: "" | "oldest" | "place";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    marksMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyWish"];
            };
        };
        responses: {
            /** @description Those for which that changed something */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedMany"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    markChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkChange"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    markRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    markRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    markRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revisions"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookie is good no longer */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
}
