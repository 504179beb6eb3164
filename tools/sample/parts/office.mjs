// office/: documents, tables and slides.
import { csv, utf16 } from '../lib/charset.mjs';
import { docx, odp, ods, odt, pptx, xlsx } from '../lib/office.mjs';
import { ledgerRows, phoneCalls, soundings, visitors } from '../story/english.mjs';

const meta = (title, author = 'Ministry of Water and Ports') => ({ title, author });

export function addOffice(leak) {
    const text = (name, bytes, word, what) => leak.add(`office/${name}`, bytes, { outcome: 'text', word, what });

    text('order-4452-draft.docx', docx(meta('پیش‌نویس دستور', 'دفتر معاون'), [
        'پیش‌نویس دستور توقف بررسی، ۱۹ فروردین ۱۳۹۸',
        'گزارش‌های خانم کی‌منش باید پیش از رسیدن به دفتر وزیر متوقف شود. متن نهایی با نظر آقای شهریوری اصلاح شد.',
    ], 'پانویس: نسخهٔ دوم این پیش‌نویس نزد رئیس دفتر است.'), 'پانویس', 'Persian document with a footnote');
    text('recommendation.docx', docx(meta('Recommendation', 'I. Strand'), [
        'Recommendation to the board of Pellworth Marine, 20 May 2019',
        'We recommend a formal complaint to the ministry and, in parallel, a conversation with the Courier.',
        'Risk: Lale Kaymanesh and the clerk in the archive could be identified. We must protect them first.',
    ]), 'complaint', 'English document');
    text('payments.xlsx', xlsx(meta('Payments'), [['Payments', ledgerRows], ['بازدید', visitors]]), 'Morvarid', 'spreadsheet of two sheets');
    text('budget-1398.xlsx', xlsx(meta('بودجه'), [['بودجه', [['طرح', 'مبلغ (یورو)'], ['لایروبی سپیدار', 61400000], ['فانوس دریایی گل‌آباد', 300000]]]]), 'فانوس', 'Persian spreadsheet');
    text('briefing.pptx', pptx(meta('Sepidar channel'), [
        ['Sepidar channel: project status', 'Briefing for the Minister, April 2019'],
        ['Progress: 100 % (certified)', 'Paid: 36.8 million euros'],
        ['کمیتهٔ مناقصه', 'رئیس: کاوه شهریوری', 'ناظر: —'],
    ]), 'certified', 'slides');
    text('speech.odt', odt(meta('Speech'), [
        'Speech of the Deputy Minister at the opening of the Sepidar channel, 27 April 2019',
        'Dear guests, today the largest ships of the world can enter our harbour. I thank the tender committee and our friends from Marjan.',
        'دوستان گرامی، این آبراه نشانهٔ پاکدستی ماست.',
    ]), 'پاکدستی', 'speech in two languages');
    text('soundings.ods', ods(meta('Soundings', 'L. Keymanesh'), [['Azar 1397', soundings]]), 'surveyor', 'table of depths');
    text('open-day.odp', odp(meta('Open day'), [['Open day at the port', 'Balloons, brass band, fish soup'], ['No questions about the channel, please']]), 'balloons', 'slides');
    text('visitors.csv', Buffer.from(csv(visitors)), 'آتش‌نشانی', 'gate register, CSV in UTF-8');
    text('phone-calls.csv', utf16(csv(phoneCalls, '\t')), 'Dalirzadeh', 'telephone list, tab-separated in UTF-16');
}
