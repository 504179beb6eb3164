#include "worker/reader.h"

#include <string.h>

#include "worker/tables/access.h"
#include "worker/tables/dbf.h"
#include "worker/tables/sqlite.h"
#include "worker/archive/stream.h"
#include "worker/archive/unpack.h"
#include "worker/books/chm.h"
#include "worker/archive/unread_archive.h"
#include "worker/archive/warc.h"
#include "worker/mail/certificate.h"
#include "worker/mail/cms.h"
#include "worker/tables/csv.h"
#include "worker/office/doc.h"
#include "worker/office/elsewhere.h"
#include "worker/office/excel_2003.h"
#include "worker/books/djvu.h"
#include "worker/books/epub.h"
#include "worker/books/fb2.h"
#include "worker/web/html.h"
#include "worker/books/hwp.h"
#include "worker/mail/ical.h"
#include "worker/books/iwork.h"
#include "worker/office/lock_package.h"
#include "worker/books/kindle.h"
#include "worker/books/layout.h"
#include "worker/mail/mail.h"
#include "worker/media/media.h"
#include "worker/image/metafile.h"
#include "worker/image/psd.h"
#include "worker/plain/plist.h"
#include "worker/plain/shortcut.h"
#include "worker/outlook/msg.h"
#include "worker/mail/mhtml.h"
#include "worker/office/odf.h"
#include "worker/ole/installer.h"
#include "worker/ole/ole_any.h"
#include "worker/ole/ole_mso.h"
#include "worker/books/oldoffice.h"
#include "worker/books/onenote.h"
#include "worker/ooxml/ooxml.h"
#include "worker/pages.h"
#include "worker/books/postscript.h"
#include "worker/office/ppt.h"
#include "worker/outlook/pst.h"
#include "worker/image/svg.h"
#include "worker/office/rtf.h"
#include "worker/plain/text.h"
#include "worker/xml/xml_text.h"
#include "worker/office/xls.h"
#include "worker/outlook/tnef.h"
#include "worker/traces/traces.h"
#include "worker/mail/pgp.h"
#include "worker/mail/vcard.h"
#include "worker/books/xps.h"

#ifdef SANAD_HOSTILE_READER
#include "hostile.h"
#endif

/* The map of what sanad can read; docs/FORMATS.md is generated from it. */
const struct reader readers[] = {
    {"text", "plain text in any encoding, and kinds of it",
     "text/plain text/vtt text/css text/markdown "
     "text/x-shellscript application/json application/x-ndjson application/x-subrip",
     "uchardet, iconv", "flowing text, charset", "the job's output limit", "0.1.0", text_read,
     NULL},
    {"csv", "CSV, TSV, tables with semicolons or bars", "text/csv text/tab-separated-values",
     "uchardet, iconv", "rows as lines, fields joined by tabs; charset", "256 MiB of text", "0.1.0",
     csv_read, NULL},
    {"xml", "XML of no other kind here", "text/xml application/xml", "libxml2",
     "what elements hold, a line each; attributes beside it; title",
     "64 MiB, 1,000 nested elements", "0.1.0", xml_text_read, NULL},
    {"plist", "property lists (Apple's), binary and XML; WEBARCHIVE (Safari's saved pages)",
     "application/x-bplist application/x-plist application/x-webarchive", "own code, libxml2",
     "values by their keys; data as children; of saved pages the page, its parts as children",
     "500,000 values, 64 levels, 64 MiB", "0.1.0", plist_read, NULL},
    {"psd", "PSD, PSB (Photoshop)", "image/vnd.adobe.photoshop", "own code, Tesseract",
     "metadata, texts of layers, the whole picture as a page by OCR, else the preview as a child",
     "as image; single layers are not decoded", "0.1.0", psd_read, image_render},
    {"shortcut", "LNK (Windows shortcuts)", "application/x-ms-shortcut", "own code",
     "paths as text, dates, the machine's name", "none", "0.1.0", shortcut_read, NULL},
    {"owner-file", "~$ files (who has an Office document open)", "application/x-ms-owner",
     "own code", "the person's name", "none", "0.1.0", owner_file_read, NULL},
    {"recycled", "$I files of the Windows recycle bin", "application/x-ms-recycled", "own code",
     "the path a file had, when it was thrown away", "none", "0.1.0", recycled_read, NULL},
    {"folder-view", ".DS_Store of the Mac", "application/x-apple-ds-store", "own code",
     "names of the folder's files", "100,000 names", "0.1.0", folder_view_read, NULL},
    {"jump-list", "jump lists of Windows (automaticDestinations-ms)", "application/x-ms-jump-list",
     "own code", "paths, when and where they were used; shortcuts as children", "none", "0.1.0",
     jump_list_read, NULL},
    {"custom-jump-list", "jump lists of Windows (customDestinations-ms)",
     "application/x-ms-custom-jump-list", "own code", "shortcuts as children", "100,000 shortcuts",
     "0.1.0", custom_list_read, NULL},
    {"thumbs", "Thumbs.db", "application/x-ms-thumbs", "own code",
     "names and dates of the folder's files, their small pictures as children", "100,000 pictures",
     "0.1.0", thumbs_read, NULL},
    {"installer", "MSI, MSP, MST (Windows installer)", "application/x-msi application/x-ms-patch",
     "own code", "strings of its tables, metadata; cabinets and other streams as children",
     "64 MiB of strings, 256 MiB a stream", "0.1.0", installer_read, NULL},
    {"certificate", "X.509 certificates, requests and keys, DER and PEM",
     "application/pkix-cert application/x-pem-file", "own code",
     "for whom, by whom, numbers, dates and other names as text", "10,000 blocks", "0.1.0",
     certificate_read, NULL},
    {"emf", "EMF (Windows enhanced metafiles)", "image/emf image/x-emf", "own code",
     "text as drawn; bitmaps as children", "64 MiB a bitmap", "0.1.0", emf_read, NULL},
    {"wmf", "WMF (Windows metafiles)", "image/wmf image/x-wmf", "own code",
     "text as drawn; bitmaps as children", "64 MiB a bitmap", "0.1.0", wmf_read, NULL},
    {"media",
     "sound and film: MP3, AAC, M4A, OGG, OPUS, FLAC, WAV, AIFF, AMR, WMA, MIDI; MP4, MOV, 3GP, "
     "MKV, WEBM, AVI, WMV, FLV, MPEG",
     "audio/mpeg audio/aac audio/x-m4a audio/ogg audio/flac audio/x-wav audio/x-aiff audio/amr "
     "audio/amr-wb audio/midi audio/mp4 audio/webm video/mp4 video/quicktime video/3gpp "
     "video/x-matroska video/webm video/x-msvideo video/x-ms-asf video/x-flv video/mpeg video/mp2t "
     "video/ogg",
     "own code",
     "metadata; subtitles, lyrics and chapters as text; covers and attached files as children; "
     "the reason `no-speech-reader`",
     "100,000 subtitles a track", "0.1.0", media_read, NULL},
    {"sqlite", "SQLite 3", "application/vnd.sqlite3", "SQLite",
     "tables as pages, rows as lines, fields joined by tabs; documents in fields as children",
     "256 MiB of text, 10,000 tables", "0.1.0", sqlite_read, NULL},
    {"sqlite-log", "SQLite write-ahead logs and journals", "application/x-sqlite3-log", "own code",
     "the reason `missing-part`", "none", "0.1.0", sqlite_log_read, NULL},
    {"dbf", "DBF: dBASE III-7, FoxPro, Clipper", "application/x-dbf", "own code",
     "rows as lines, fields joined by tabs; deleted rows as a table of their own",
     "256 MiB of text", "0.1.0", dbf_read, NULL},
    {"dbf-memo", "DBT, FPT (memos of DBF)", "application/x-dbf-memo", "own code", "flowing text",
     "1 MiB a memo", "0.1.0", memo_read, NULL},
    {"access", "MDB, ACCDB (Microsoft Access 97-2019)", "application/x-msaccess", "mdbtools",
     "tables as pages, rows as lines, fields joined by tabs; documents in fields as children",
     "256 MiB of text, 10,000 tables", "0.1.0", access_read, NULL},
    {"pdf", "PDF 1.0-2.0", "application/pdf application/x-pdf", "MuPDF, Tesseract",
     "pages with text and word boxes (by OCR where a page has no text layer, or a wrong one), "
     "metadata, outline, form fields (XFA too), annotations, links, signatures; embedded files, "
     "scripts and revisions that say something else as children; words that a page holds and does "
     "not show (under boxes, in the colour of the paper, outside it, on layers that are off) are "
     "told of; page images",
     "100,000 pages, 16 megapixels a page for OCR", "0.1.0", pdf_read, pdf_render},
    {"image",
     "PNG, JPEG, TIFF (all pages), WebP, GIF, BMP, PNM, JPEG 2000, HEIC, AVIF, JBIG2, PCX, DCX, "
     "TGA, ICO, CUR",
     "image/png image/jpeg image/tiff image/webp image/gif image/bmp image/x-ms-bmp "
     "image/x-portable-anymap image/x-portable-bitmap image/x-portable-graymap "
     "image/x-portable-pixmap image/jp2 image/heif image/avif image/x-jbig2 image/x-pcx "
     "image/x-tga image/vnd.microsoft.icon",
     "Leptonica, Tesseract, libde265, libaom, jbig2dec, own code",
     "pages with text and word boxes by OCR, page images; EXIF, XMP, IPTC as metadata",
     "200 MiB decoded, 60,000 pixels a side, 2,000 pages; of animations the first picture", "0.1.0",
     image_read, image_render},
    {"archive", "ZIP, JAR, APK, TAR, 7Z, RAR (2.9 to 5), CAB, CPIO, AR, DEB, ISO 9660, LHA, XAR",
     "application/zip application/x-tar application/x-7z-compressed application/java-archive "
     "application/vnd.android.package-archive application/x-rar application/vnd.rar "
     "application/vnd.ms-cab-compressed application/x-cpio application/x-archive "
     "application/vnd.debian.binary-package application/x-iso9660-image "
     "application/x-lzh-compressed application/x-lha application/x-xar",
     "libarchive", "entries as children; names in their character set; split volumes as one",
     "1,048,576 entries, 250 times its size beyond 64 MiB", "0.1.0", unpack_archive_read, NULL},
    {"compressed", "GZ, BZ2, XZ, ZST, LZMA, LZIP, LZ4, Z, UU, RPM, and TAR and CPIO inside them",
     "application/gzip application/x-bzip2 application/x-xz application/zstd application/x-lz4 "
     "application/x-lzma application/x-lzip application/x-compress application/x-rpm "
     "text/x-uuencode",
     "libarchive", "what it holds as children", "250 times its size beyond 64 MiB", "0.1.0",
     unpack_compressed_read, NULL},
    {"stream", "zlib streams, Brotli, framed Snappy, LZ4 of Firefox",
     "application/zlib application/x-brotli application/x-snappy-framed application/x-mozilla-lz4",
     "zlib, brotli, LZ4, own code", "what it holds as a child",
     "250 times its size beyond 64 MiB; Brotli by the name", "0.1.0", stream_read, NULL},
    {"program", "programs with a RAR, 7Z, CAB or ZIP archive in them",
     "application/x-dosexec application/vnd.microsoft.portable-executable "
     "application/x-executable application/x-pie-executable application/x-sharedlib",
     "libarchive, own code",
     "the archive's entries as children, what a program for Windows says of itself", "as archive",
     "0.1.0", unpack_program_read, NULL},
    {"warc", "WARC 0.17-1.1", "application/warc", "own code, zlib",
     "pages and files of web crawls as children, by URL", "1,048,576 records", "0.1.0", warc_read,
     NULL},
    {"arc", "ARC 1 and 2", "application/x-internet-archive", "own code, zlib",
     "pages and files of web crawls as children, by URL", "1,048,576 records", "0.1.0", arc_read,
     NULL},
    {"unread-archive",
     "ARJ, ACE, ZOO, StuffIt, ALZ, EGG, ZPAQ, LRZIP, LZOP, SZDD, BinHex, UDF, SquashFS, "
     "WIM, DMG, VHD, VMDK, QCOW2: named, not read",
     "application/x-arj application/x-ace-compressed application/x-zoo application/x-stuffit "
     "application/x-alz-compressed application/x-egg application/x-uharc application/x-zpaq "
     "application/x-lrzip application/x-lzop "
     "application/x-ms-compress-szdd application/x-installshield application/mac-binhex40 "
     "application/x-par2 application/x-udf-image application/x-squashfs application/x-ms-wim "
     "application/x-apple-diskimage application/x-virtualbox-vhd application/x-virtualbox-vhdx "
     "application/x-vmdk-disk application/x-qemu-disk",
     "own code", "the reason `unsupported` and the program that reads it", "none", "0.1.0",
     unread_archive_read, NULL},
    {"ooxml", "DOCX, XLSX, XLSB, PPTX, VSDX, their templates and kin with macros",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
     "application/vnd.openxmlformats-officedocument.presentationml.presentation "
     "application/vnd.openxmlformats-officedocument.wordprocessingml.template "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.template "
     "application/vnd.openxmlformats-officedocument.presentationml.template "
     "application/vnd.openxmlformats-officedocument.presentationml.slideshow "
     "application/vnd.ms-word.document.macroEnabled.12 "
     "application/vnd.ms-word.template.macroEnabled.12 "
     "application/vnd.ms-excel.sheet.macroEnabled.12 "
     "application/vnd.ms-excel.sheet.binary.macroEnabled.12 "
     "application/vnd.ms-excel.template.macroEnabled.12 "
     "application/vnd.ms-excel.addin.macroEnabled.12 "
     "application/vnd.ms-powerpoint.presentation.macroEnabled.12 "
     "application/vnd.ms-powerpoint.slideshow.macroEnabled.12 "
     "application/vnd.ms-powerpoint.template.macroEnabled.12 "
     "application/vnd.ms-powerpoint.addin.macroEnabled.12 "
     "application/vnd.ms-visio.drawing.main+xml",
     "libxml2, zlib", "flowing text or slides as pages, metadata, pictures and files as children",
     "4 GiB expanded, 1,000 nested elements", "0.1.0", ooxml_read, NULL},
    {"ooxml-flat", "DOCX, PPTX, XLSX as one XML file (\"Word XML document\", Flat OPC)",
     "application/vnd.ms-word2006ml application/vnd.ms-package.flat-opc", "libxml2",
     "as of DOCX, XLSX and PPTX", "128 MiB of parts, 1,000 nested elements", "0.1.0",
     ooxml_flat_read, NULL},
    {"word-2003-xml", "Word 2003 XML", "application/vnd.ms-wordml", "libxml2",
     "flowing text, metadata, pictures and embedded objects as children",
     "64 MiB a picture, 1,000 nested elements", "0.1.0", word_2003_read, NULL},
    {"excel-2003-xml", "Excel 2003 XML (XML spreadsheets)", "application/vnd.ms-spreadsheetml",
     "libxml2", "sheets as flowing text, comments, metadata", "1,000 nested elements", "0.1.0",
     excel_2003_read, NULL},
    {"ooxml-encrypted", "DOCX, XLSX, PPTX behind a password", "application/encrypted", "nettle",
     "with the password what is inside, else the reason `password`", "256 MiB", "0.1.0",
     lock_package_read, NULL},
    {"odf-flat", "FODT, FODS, FODP, FODG", "application/vnd.oasis.opendocument.flat", "libxml2",
     "text as of ODT, ODS and ODP; metadata; pictures, objects and macros as children",
     "64 MB a picture", "0.1.0", odf_flat_read, NULL},
    {"odf", "ODT, ODS, ODP, ODG, ODF, their templates; SXW, SXC, SXI, SXD",
     "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.text-template "
     "application/vnd.oasis.opendocument.text-master "
     "application/vnd.oasis.opendocument.spreadsheet "
     "application/vnd.oasis.opendocument.spreadsheet-template "
     "application/vnd.oasis.opendocument.presentation "
     "application/vnd.oasis.opendocument.presentation-template "
     "application/vnd.oasis.opendocument.graphics "
     "application/vnd.oasis.opendocument.graphics-template "
     "application/vnd.oasis.opendocument.formula "
     "application/vnd.sun.xml.writer application/vnd.sun.xml.writer.template "
     "application/vnd.sun.xml.writer.global application/vnd.sun.xml.calc "
     "application/vnd.sun.xml.calc.template application/vnd.sun.xml.impress "
     "application/vnd.sun.xml.impress.template application/vnd.sun.xml.draw",
     "libxml2, zlib", "flowing text or slides as pages, metadata, pictures and files as children",
     "4 GiB expanded, 1,000 nested elements", "0.1.0", odf_read, NULL},
    {"chm", "compiled HTML help (CHM)", "application/vnd.ms-htmlhelp", "libmspack, libxml2",
     "topics as pages labelled from the table of contents, title, pictures and files as children",
     "200,000 files, 64 MiB a file", "0.1.0", chm_read_document, NULL},
    {"djvu", "DjVu", "image/vnd.djvu", "DjVuLibre, Tesseract",
     "pages with text and word boxes (by OCR where a page has no hidden text), metadata, outline, "
     "notes, page images",
     "100,000 pages, 16 megapixels a page for OCR", "0.1.0", djvu_read, djvu_render},
    {"epub", "EPUB 2 and 3, iBooks", "application/epub+zip application/x-ibooks+zip",
     "libxml2, zlib",
     "chapters as pages labelled from the table of contents, metadata, pictures and files as "
     "children",
     "64 MiB a chapter, 4 GiB expanded", "0.1.0", epub_read, NULL},
    {"fb2", "FictionBook 2", "application/x-fictionbook+xml", "libxml2",
     "sections as labelled pages, metadata, pictures as children", "128 MiB, 1,000 nested elements",
     "0.1.0", fb2_read, NULL},
    {"xps", "XPS, OpenXPS", "application/vnd.ms-xpsdocument application/oxps",
     "MuPDF, libxml2, Tesseract",
     "pages with text and word boxes (by OCR where a page is a picture), metadata, pictures as "
     "children, page images",
     "100,000 pages", "0.1.0", xps_read, xps_render},
    {"iwork", "Pages, Numbers, Keynote ('06-'09, and since 2013)",
     "application/vnd.apple.iwork application/vnd.apple.pages application/vnd.apple.numbers "
     "application/vnd.apple.keynote",
     "own code, libxml2", "flowing text, rows of tables, metadata, media or preview as children",
     "64 MiB a part, 1,048,576 objects", "0.1.0", iwork_read, NULL},
    {"oldoffice",
     "WordPerfect and its graphics, Microsoft Works, Write, Word for DOS, Lotus 1-2-3, Quattro "
     "Pro, "
     "Visio (VSD, VSDX), Publisher, StarOffice, PageMaker, CorelDRAW, documents of the classic Mac",
     "application/vnd.wordperfect application/x-wordperfect image/x-wpg "
     "application/vnd.ms-works application/x-mswrite application/x-word-for-dos "
     "application/vnd.lotus-1-2-3 application/x-123 application/x-quattro-pro "
     "application/vnd.visio "
     "application/vnd.ms-visio.drawing.main+xml application/x-mspublisher "
     "application/vnd.stardivision.writer application/vnd.stardivision.calc "
     "application/vnd.stardivision.impress application/vnd.stardivision.draw "
     "application/vnd.stardivision.math application/vnd.stardivision.chart "
     "application/x-pagemaker application/vnd.corel-draw image/x-cmx application/x-classic-mac",
     "libwpd, libwpg, libwps, libvisio, libmspub, libstaroffice, libpagemaker, libcdr, libmwaw",
     "flowing text; drawings, slides and sheets as pages; metadata, pictures as children",
     "128 MiB", "0.1.0", oldoffice_read, NULL},
    {"elsewhere",
     "Lotus Word Pro (LWP), Word for Windows 1 and 2, Hangul Word Processor 3 (HWP), Text602 "
     "(602), "
     "CGM, PICT",
     "application/vnd.lotus-wordpro application/msword2 application/x-hwp application/x-t602 "
     "image/cgm image/x-pict",
     "LibreOffice, if it is installed",
     "what LibreOffice makes of them in a sandbox of its own: flowing text, slides as pages, text "
     "of drawings, pictures as children; else the reason `no-converter`",
     "256 MiB, and 128 MiB of result", "0.1.0", elsewhere_read, NULL},
    {"hwp", "Hangul Word Processor 5 (HWP)", "application/x-hwp-v5", "own code, zlib",
     "flowing text, metadata, pictures and objects as children; documents for distribution too",
     "10,000 sections of 128 MiB", "0.1.0", hwp_read, NULL},
    {"mobi", "Mobipocket, Kindle (MOBI, AZW, AZW3, PRC)", "application/x-mobipocket-ebook",
     "libmobi", "pages, metadata, pictures as children", "128 MiB", "0.1.0", kindle_read, NULL},
    {"idml", "InDesign's exchange format (IDML)", "application/vnd.adobe.indesign-idml-package",
     "libxml2, zlib", "stories as flowing text", "4 GiB expanded", "0.1.0", idml_read, NULL},
    {"mif", "FrameMaker's exchange format (MIF)", "application/vnd.mif application/x-mif",
     "own code", "flowing text", "256 MiB", "0.1.0", mif_read, NULL},
    {"onenote", "OneNote sections and tables of contents (2007 and later, and from the cloud)",
     "application/onenote", "own code",
     "flowing text in the file's order, earlier revisions included; titles, authors, embedded "
     "files "
     "as children",
     "262,144 texts, 10,000 files", "0.1.0", onenote_read, NULL},
    {"postscript", "PostScript, EPS: only what their comments say",
     "application/postscript image/x-eps", "own code", "metadata, the preview as a child", "none",
     "0.1.0", postscript_read, NULL},
    {"svg", "SVG", "image/svg+xml", "libxml2, MuPDF",
     "its words as a page, title, pictures as children, page image", "64 MiB", "0.1.0", svg_read,
     svg_render},
    {"rtf", "RTF", "text/rtf application/rtf", "own code",
     "flowing text, metadata, pictures and embedded objects as children",
     "2,000 open groups, 192 MiB a picture or object", "0.1.0", rtf_read, NULL},
    {"doc", "DOC, DOT (Word 6-2003)", "application/msword", "own code, zlib",
     "flowing text, metadata, pictures, macros and embedded objects as children",
     "128 MiB a stream", "0.1.0", doc_read, NULL},
    {"ppt", "PPT, POT, PPS (PowerPoint 97-2003)", "application/vnd.ms-powerpoint", "own code, zlib",
     "slides as pages, notes, comments, metadata, pictures, macros and embedded objects as "
     "children",
     "192 MiB of presentation", "0.1.0", ppt_read, NULL},
    {"xls", "XLS, XLT (Excel 2.0-2003)", "application/vnd.ms-excel", "own code, zlib",
     "sheets as flowing text, metadata, pictures, macros and embedded objects as children",
     "256 MiB of workbook, 192 MiB of strings", "0.1.0", xls_read, NULL},
#ifdef SANAD_HOSTILE_READER
    {"hostile", "attacks, in tests only", "text/x-sanad-hostile", "-", "-", "-", "0.1.0",
     hostile_read, NULL},
#endif
    {"html", "HTML, XHTML", "text/html application/xhtml+xml", "libxml2",
     "main text and the rest, title, dates, author, files in data: addresses as children",
     "64 MiB, 4 million elements", "0.1.0", html_read, NULL},
    {"mhtml", "MHTML (MHT)", "multipart/related application/x-mimearchive", "own code, libxml2",
     "as HTML, pictures and frames as children", "64 MiB of HTML, 10,000 parts", "0.1.0",
     mhtml_read, NULL},
    {"mail", "EML", "message/rfc822", "own code", "fields, body, metadata, attachments as children",
     "64 levels, 10,000 parts", "0.1.0", mail_read, NULL},
    {"emlx", "EMLX (Apple Mail)", "message/x-emlx", "own code",
     "fields, body, metadata, attachments as children", "64 levels, 10,000 parts", "0.1.0",
     emlx_read, NULL},
    {"cms", "S/MIME and PKCS #7 (P7M, P7S, P7Z), time-stamped files (TSD)",
     "application/pkcs7-mime application/pkcs7-signature application/timestamped-data",
     "own code, zlib",
     "what is signed, compressed or time-stamped as a child, names in certificates; `password` of "
     "what is encrypted to a certificate",
     "256 MiB of content", "0.1.0", cms_read, NULL},
    {"pgp", "OpenPGP: messages, signatures, keys",
     "application/pgp-encrypted application/pgp-signature application/pgp-keys", "own code, zlib",
     "what is only signed as a child, names in keys as text; `password` of what is encrypted",
     "256 MiB of content", "0.1.0", pgp_read, NULL},
    {"vcard", "vCard 2.1, 3.0, 4.0", "text/vcard text/x-vcard", "own code, uchardet, iconv",
     "cards as lines, photographs and keys as children", "64 MiB a value, 128 MiB of files",
     "0.1.0", vcard_read, NULL},
    {"ical", "iCalendar, vCalendar", "text/calendar text/x-vcalendar", "own code, uchardet, iconv",
     "events as lines, attached files as children", "64 MiB a value, 128 MiB of files", "0.1.0",
     ical_read, NULL},
    {"mbox", "mbox", "application/mbox", "own code", "messages as children", "1,048,576 messages",
     "0.1.0", mbox_read, NULL},
    {"msg", "MSG: mail, appointments, contacts, tasks, notes", "application/vnd.ms-outlook",
     "own code", "fields, body, metadata; attachments, messages and objects inside as children",
     "96 MiB of properties, 10,000 attachments, 32 levels", "0.1.0", msg_read, NULL},
    {"pst", "PST, OST, PAB (Outlook's stores)", "application/vnd.ms-outlook-pst", "libpff",
     "every item of every folder as a child; items outside folders and deleted ones that are still "
     "there",
     "1,048,576 items, 100 folders deep", "0.1.0", pst_read, NULL},
    {"ole", "compound files (OLE2) of no other kind", "application/x-ole-storage", "own code",
     "metadata; packed files and streams that are files as children", "192 MiB a stream", "0.1.0",
     ole_any_read, NULL},
    {"mso", "ActiveMime (MSO): what Office keeps beside a page or XML document",
     "application/x-mso", "own code, zlib", "embedded objects and macros as children",
     "192 MiB an object", "0.1.0", ole_mso_read, NULL},
    {"tnef", "TNEF (winmail.dat)", "application/vnd.ms-tnef application/ms-tnef", "own code",
     "fields, body, metadata; attachments and messages inside as children",
     "96 MiB of properties, 10,000 attachments, 32 levels", "0.1.0", tnef_read, NULL},
    {0},
};

/* Whether the list, MIME types between spaces, has this one. */
static bool list_has(const char *list, const char *mime)
{
    size_t mime_len = strlen(mime);

    while (*list) {
        size_t len = strcspn(list, " ");
        if (len == mime_len && memcmp(list, mime, len) == 0)
            return true;
        list += len;
        list += strspn(list, " ");
    }
    return false;
}

const struct reader *reader_for(const char *mime)
{
    for (const struct reader *r = readers; r->name; r++)
        if (list_has(r->mimes, mime))
            return r;
    return NULL;
}
