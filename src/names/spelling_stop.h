/*
 * Words that are no name by themselves: pronouns and small words, words of headers and of letters,
 * months and weekdays, in English, Persian and Arabic. As the fold leaves them, in the order of
 * strcmp.
 */
#ifndef NAMES_SPELLING_STOP_H
#define NAMES_SPELLING_STOP_H

static const char *const stop_words[] = {
    /* clang-format off */
    "a", "all", "also", "am", "amp", "an", "and", "annex", "another", "any", "appendix", "apr",
    "april", "are", "article", "as", "at", "attachment", "attachments", "attention", "attn",
    "aug", "august", "bcc", "be", "been", "best", "bic", "both", "but", "by", "cc", "chapter",
    "cit", "classified", "com", "confidential", "contents", "copies", "copy", "date", "dear",
    "dec", "december", "distribution", "dr", "each", "eg", "email", "etc", "fax", "feb",
    "february", "figure", "first", "five", "for", "four", "fri", "friday", "from", "fw", "fwd",
    "gmt", "gt", "he", "hello", "her", "hers", "hi", "him", "his", "how", "http", "https", "i",
    "iban", "ibid", "ie", "if", "in", "index", "internet", "is", "isbn", "it", "item", "its",
    "jan", "january", "jul", "july", "jun", "june", "limited", "lt", "madam", "mail", "mar",
    "march", "me", "memo", "memorandum", "message", "messrs", "mobile", "mon", "monday", "mr",
    "mrs", "ms", "my", "nbsp", "no", "none", "not", "note", "nov", "november", "oct", "october",
    "of", "on", "one", "op", "or", "org", "original", "other", "our", "page", "pages", "para",
    "paragraph", "passport", "pdf", "phone", "pm", "quot", "re", "ref", "reference", "references",
    "regards", "restricted", "saturday", "second", "secret", "section", "see", "sent", "sep",
    "sept", "september", "she", "sincerely", "sir", "some", "subj", "subject", "sunday", "table",
    "tel", "telegram", "telephone", "thank", "thanks", "that", "the", "their", "them", "these",
    "they", "third", "this", "those", "three", "thu", "thur", "thurs", "thursday", "to", "today",
    "tomorrow", "truly", "tue", "tues", "tuesday", "two", "unclassified", "url", "vol", "volume",
    "was", "we", "website", "wed", "wednesday", "were", "what", "when", "where", "which", "whom",
    "why", "with", "www", "yes", "yesterday", "you", "your", "yours", "اب", "ابان", "ابریل",
    "احترام", "اذار", "اذر", "اردیبهشت", "از", "است", "اسفند", "اغسطس", "اقای", "الاثنین",
    "الاحد", "الاربعاء", "الاستاذ", "الاول", "التاریخ", "التی", "الثانی", "الثلاثاء", "الجمعه",
    "الخمیس", "الدکتور", "الذی", "الذین", "الرقم", "السبت", "السلام", "السید", "السیده", "العدد",
    "المرفقات", "الموضوع", "الی", "الیوم", "اما", "امروز", "امس", "ان", "انا", "انت", "انتم",
    "انها", "او", "اکتوبر", "اگر", "ایار", "ایشان", "ایلول", "این", "اینها", "با", "باسلام",
    "بخش", "بر", "برای", "بسمه", "بعد", "بعض", "بند", "به", "بهمن", "بود", "بین", "تا", "تاریخ",
    "تبصره", "تحیه", "تشرین", "تعالی", "تلفن", "تلک", "تموز", "تو", "تیر", "ثم", "جدول", "جمعه",
    "جناب", "حتی", "حزیران", "خانم", "خرداد", "خود", "در", "دو", "دوشنبه", "دکتر", "دی", "دیروز",
    "دیسمبر", "دیگر", "ذلک", "را", "رجب", "رمضان", "رونوشت", "سبتمبر", "سرکار", "سری", "سلام",
    "سه", "سهشنبه", "شبا", "شباط", "شد", "شده", "شعبان", "شما", "شماره", "شنبه", "شهریور", "شوال",
    "شکل", "صفحه", "صفر", "ضمیمه", "عادی", "علی", "عن", "عند", "غدا", "غیر", "فاکس", "فبرایر",
    "فردا", "فروردین", "فصل", "فوری", "فی", "قال", "قالت", "قبل", "قد", "لا", "لم", "لن", "لکن",
    "ما", "ماده", "مارس", "مایو", "محرم", "محرمانه", "مرداد", "مع", "من", "مهر", "مهندس", "موضوع",
    "می", "نامه", "نحن", "نسخه", "نمی", "نوفمبر", "نیز", "نیسان", "هذا", "هذه", "هر", "هم", "هما",
    "همه", "هن", "هو", "هولاء", "هی", "هیچ", "و", "واضاف", "واکد", "وقال", "وی", "پنجشنبه",
    "پیوست", "چهارشنبه", "چون", "کان", "کانت", "کانون", "کل", "کما", "که", "یا", "ینایر", "یولیو",
    "یونیو", "یک", "یکشنبه",
    /* clang-format on */
};

#endif
