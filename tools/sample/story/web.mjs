// Two pages as saved from the site of an invented newspaper, with all that stands around an article.

const MENU = ['Home', 'Politics', 'Harbours', 'Weather', 'Football', 'Recipes', 'Horoscope', 'Subscribe'];
const OTHER = [
    'Giant squid startles pensioners on Ansley pier',
    'Ten ways to fold a deck chair',
    'Council votes on seagull tax',
    'Our reader offer: half-price galoshes',
];
const list = (items) => `<ul>${items.map((item) => `<li><a href="#">${item}</a></li>`).join('')}</ul>`;

export const news = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Ferry runs aground in channel that was “fully dredged” | The Ansley Courier</title>
<meta name="author" content="Rosalind Achterberg">
<meta property="article:published_time" content="2019-05-03T06:00:00Z">
<script>window.dataLayer = []; dataLayer.push({ tracking: 'nobody-should-find-this' });</script>
<style>.cookie { position: fixed }</style></head>
<body>
<div class="cookie">We value your privacy. Accept all cookies? <button>Accept</button></div>
<nav>${list(MENU)}</nav>
<aside class="sidebar"><h3>Most read</h3>${list(OTHER)}</aside>
<main><article>
<h1>Ferry runs aground in channel that was “fully dredged”</h1>
<p class="byline">By Rosalind Achterberg, 3 May 2019</p>
<p>Three sailors were hurt on Wednesday when the passenger ferry Shabnam ran aground at the entrance of the port of
Sepidar in Sahandrud. The ministry blamed thick fog. Two passengers told the Courier that the morning was clear.</p>
<p>The channel was to be dredged to nine metres by Marjan al-Wadira, a company from Ras Najwan, under a contract worth
61.4 million euros. The company did not answer questions. Its director, Tariq El-Wediri, hung up.</p>
<p>A rival bidder, Pellworth Marine, had offered to do the work for 38.2 million. “We were told that our dredger was
unsuitable,” said Gareth Pellworth. “Theirs was in dry dock.”</p>
<p>The deputy minister for ports, Yehya Mihrganpur, was not available for comment. A spokesman said that everything had
been done according to regulations and that the reports were being studied.</p>
</article></main>
<section class="related"><h2>More from our newsroom</h2>${list(OTHER.map((title) => `${title} (video)`))}</section>
<footer>© 2019 The Ansley Courier. Terms. Imprint. Newsletter: enter your e-mail address.</footer>
</body></html>
`;

export const persianNews = `<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>خبرگزاری ساحل | سؤال از وزیر دربارهٔ آبراه</title></head>
<body><nav>${list(['خانه', 'سیاست', 'ورزش', 'هواشناسی', 'تماس با ما'])}</nav>
<article><h1>سؤال نمایندهٔ سپیدار از وزیر دربارهٔ آبراه</h1>
<p>خبرگزاری ساحل، ۲۲ تیر ۱۳۹۸ — نمایندهٔ سپیدار در مجلس از وزیر آب و بنادر پرسید که چرا پس از پرداخت شصت میلیون یورو،
کشتی‌ها هنوز در آبراه به گل می‌نشینند. او گفت گزارش‌های ناظر مالی را کسی ندیده است.</p>
<p>وزیر پاسخ داد که لایروبی به طور کامل انجام شده و کمیتهٔ مناقصه کار خود را درست انجام داده است. او نام کاوه شهریوری
را نبرد. خانم لاله کی‌منش، ناظر پیشین، برای گفتگو در دسترس نبود.</p></article>
<aside>${list(['برد تیم ملوانان سپیدار', 'طرز پخت ماهی شکم‌پر', 'فال روز'])}</aside>
<footer>همهٔ حقوق برای خبرگزاری ساحل محفوظ است.</footer></body></html>
`;
