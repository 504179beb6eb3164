// Memos, mail and tables in English: the losing bidder, its agent, and a clerk who kept copies.

export const memos = {
    visit: [
        'PELLWORTH MARINE LTD - INTERNAL MEMO', 'Date: 26 November 2018', 'From: Imogen Strand', 'To: Gareth Pellworth',
        '',
        'Our bid for the Sepidar channel was opened on Saturday. We are the lowest of three at 38.2 million euros.',
        'The chairman of the committee, Kaveh Shahrivari, was polite but asked twice whether we have "a partner on the',
        'other shore". The financial observer, Ms Laleh Keymanesh, is on top of her figures.',
        'The deputy minister, Yahya Mehreganpour, did not attend.',
    ],
    hotel: [
        'Note for the file, 11 December 2018', '',
        'A waiter at the Narenj Hotel in Ras Najwan saw Mr Shahriwari dine with Tarek Alwadiri of Marjan on the evening',
        'of 9 December. An envelope changed hands. The waiter is afraid and must not be named.',
        'If this is true the tender is over for us. - I.S.',
    ],
    depth: [
        'Survey of the Sepidar channel, 4 May 2019', '',
        'We sounded the channel with a hired boat three days after the ferry Shabnam ran aground. The controlling depth is',
        '4.7 metres. The contract with Marjan al-Wadira requires nine. No more than a fifth of the volume was ever dredged.',
        'The official chart, edition 1397, shows nine metres along the whole channel.',
    ],
    timeline: [
        'Who met whom: a timeline', '',
        '3 Nov 2018: tender committee formed; chairman K. Shahrivari, observer L. Keymanesh (cable 4401)',
        '24 Nov 2018: bids opened (cable 4409)',
        '9 Dec 2018: dinner at the Narenj Hotel, Shahrivari and Tareq al-Wadiri (cable 4412)',
        '29 Dec 2018: contract 4417 signed by Mehreganpour and al-Wadiri',
        '22 Jan and 12 Feb 2019: invoice 77 paid twice (cables 4423 and 4431)',
        '15 Feb 2019: villa no. 19 bought in the name of Behrouz Shahrivari',
        '5 Mar 2019: audit report 4440',
        '1 May 2019: the ferry Shabnam runs aground (cable 4460)',
        '25 May 2019: archive burns (cable 4470)',
        '23 Aug 2019: order to destroy the cables (cable 4490)',
    ],
    cafe: [
        'Café Lindqvist, Port Ansley – overheard, 14 January 2019', '',
        'The two men from Marjan spoke English with their banker, a Mr Éamon Brøndsted. The first payment is due "next week',
        'whether anybody digs or not". Brøndsted asked for the résumé of the chairman’s nephew. They laughed.',
    ],
    statement: [
        'Statement of Laleh Key-Manesh', 'Given at Gazneh, 30 August 2019', '',
        'I was the financial observer of the tender committee of the Ministry of Water and Ports of Sahandrud.',
        'On 5 March 2019 I delivered report 4440. On 9 April the deputy minister, Mr Yahia Mehregan-Pour, classified it and',
        'ordered me to hand over my measurements. I handed over copies. The originals of the soundings are safe.',
        'I was told by Mr Shahrivari, in the corridor: "Nobody reads your reports, and soon there will be none."',
        'I make this statement of my own will.',
    ],
};

const at = (text) => new Date(text);

export const thread = [
    { sender: 'i.strand@pellworth.example', from: 'Imogen Strand <i.strand@pellworth.example>', to: 'Gareth Pellworth <gareth@pellworth.example>', subject: 'Sepidar: we lost', date: at('2019-01-03T08:40:00Z'), id: 'a1@pellworth.example', word: '23.2', text: 'Gareth,\n\nThe committee rejected us on "technical grounds". Marjan al-Wadira gets it at 61.4 million.\nThat is 23.2 million more than our price.\n\nImogen\n' },
    { sender: 'gareth@pellworth.example', from: 'Gareth Pellworth <gareth@pellworth.example>', to: 'Imogen Strand <i.strand@pellworth.example>', subject: 'Re: Sepidar: we lost', date: at('2019-01-03T09:15:00Z'), id: 'a2@pellworth.example', word: 'younger', inReplyTo: 'a1@pellworth.example', text: 'Which technical grounds? Our dredger is younger than Daryagol by twenty years.\nAsk Keymanesh.\n\nG.\n\n> The committee rejected us on "technical grounds".\n' },
    { sender: 'i.strand@pellworth.example', from: 'Imogen Strand <i.strand@pellworth.example>', to: 'Gareth Pellworth <gareth@pellworth.example>', subject: 'Re: Sepidar: we lost', date: at('2019-01-07T16:02:00Z'), id: 'a3@pellworth.example', word: 'moored', inReplyTo: 'a2@pellworth.example', text: 'She will not talk on the telephone. She says: look where Daryagol is moored.\n\nFrom what I see she is in dry dock number three at Ras Najwan.\n\nImogen\n' },
    { sender: 'gareth@pellworth.example', from: 'Gareth Pellworth <gareth@pellworth.example>', to: 'Imogen Strand <i.strand@pellworth.example>', subject: 'Re: Sepidar: we lost', date: at('2019-01-08T07:30:00Z'), id: 'a4@pellworth.example', word: 'photograph', inReplyTo: 'a3@pellworth.example', text: 'Get a photograph with a date on it. Then we write to the ministry.\n' },
    { sender: 'clerk@sepidar.example', from: 'A Clerk <clerk@sepidar.example>', to: 'Imogen Strand <i.strand@pellworth.example>', subject: 'گزارش‌های سپیدار', date: at('2019-06-10T21:44:00Z'), id: 'a5@sepidar.example', word: 'نسوخته', text: 'خانم استراند،\n\nگزارش‌های ژرفا نسوخته است. نسخه‌ها نزد من است. با تلفن زنگ نزنید.\n\nیک کارمند بایگانی\n' },
];

export const ledgerRows = [
    ['date', 'cable', 'payee', 'invoice', 'euros', 'approved by'],
    ['2019-01-22', '4423', 'Marjan al-Wadira', 77, 18400000, 'K. Shahrivari'],
    ['2019-02-12', '4431', 'Marjan al-Wadira', 77, 18400000, 'K. Shahrivari'],
    ['2019-02-15', '-', 'Sahel Morvarid Estates', 19, 2100000, 'Marjan al-Wadira'],
    ['2019-04-30', '4458', 'Marjan al-Wadira', 79, 24600000, 'Y. Mehreganpour'],
];

export const soundings = [
    ['station', 'chart (m)', 'measured (m)', 'surveyor'],
    ['buoy 1', 9.0, 8.8, 'Keymanesh'],
    ['buoy 4', 9.0, 5.1, 'Keymanesh'],
    ['buoy 7', 9.0, 4.7, 'Keymanesh'],
    ['buoy 9', 9.0, 4.9, 'Keymanesh'],
];

export const visitors = [
    ['تاریخ', 'نام', 'ساختمان', 'کارت'],
    ['۱۳۹۸/۰۳/۰۴', 'بهروز شهریوری', 'بایگانی شمارهٔ دو', 'مهمان ۳۱'],
    ['۱۳۹۸/۰۳/۰۴', 'آرمین ساحلی', 'ادارهٔ بندر', 'کارمند ۷'],
    ['۱۳۹۸/۰۳/۰۵', 'مأموران آتش‌نشانی', 'بایگانی شمارهٔ دو', '—'],
];

export const phoneCalls = [
    ['when', 'caller', 'called', 'minutes'],
    ['2018-12-08 21:10', 'K. Shahrivari', 'Tareq al-Wadiri', '14'],
    ['2018-12-28 09:02', 'Tareq al-Wadiri', 'Y. Mehreganpour', '3'],
    ['2019-02-12 11:47', 'F. Dalirzadeh', 'K. Shahrivari', '6'],
    ['2019-05-25 23:31', 'Behrouz Shahrivari', 'K. Shahrivari', '1'],
];
