// The words of search.

import { wordsOf } from '../i18n/define';

export const searchWords = wordsOf({
  en: {
    'search.hits': 'Documents found',
    'search.outcome': 'How it was read',
    'search.within': 'within',
    'search.withinRemove': 'No longer within: {name}',
    'search.narrow': 'Search within these',
    'search.keyNarrow': 'search within the results',
    'search.listed': 'The first {n} are listed here. Another order, or filters, bring the others in view.',
  },
  fa: {
    'search.hits': 'سندهای یافته',
    'search.outcome': 'چگونه خوانده شد',
    'search.within': 'در میان',
    'search.withinRemove': 'دیگر نه در میان: {name}',
    'search.narrow': 'جست‌وجو در همین‌ها',
    'search.keyNarrow': 'جست‌وجو در میان نتیجه‌ها',
    'search.listed': '{n} سند نخست اینجا آمده است. ترتیبی دیگر یا صافی‌ها بقیه را نشان می‌دهد.',
  },
  ar: {
    'search.hits': 'الوثائق التي وُجدت',
    'search.outcome': 'كيف قُرئت',
    'search.within': 'ضمن',
    'search.withinRemove': 'ليس بعد ضمن: {name}',
    'search.narrow': 'ابحث ضمن هذه',
    'search.keyNarrow': 'البحث ضمن النتائج',
    'search.listed': 'تظهر هنا أول {n} وثيقة. ترتيب آخر أو مرشحات تُظهر البقية.',
  },
});
