#include "worker/books/revenge.h"

#include <cstring>
#include <new>

#include <libcdr/libcdr.h>
#include <libmspub/libmspub.h>
#include <libmwaw/libmwaw.hxx>
#include <libpagemaker/libpagemaker.h>
#include <librevenge-generators/librevenge-generators.h>
#include <librevenge-stream/librevenge-stream.h>
#include <librevenge/librevenge.h>
#include <libstaroffice/libstaroffice.hxx>
#include <libvisio/libvisio.h>
#include <libwpd/libwpd.h>
#include <libwpg/libwpg.h>
#include <libwps/libwps.h>

using librevenge::RVNGInputStream;
using librevenge::RVNGPropertyList;
using librevenge::RVNGString;
using librevenge::RVNGStringStream;
using librevenge::RVNGStringVector;

namespace
{

/* ---- what the generators of plain text leave out ---- */

void send_facts(const revenge_out &out, const RVNGPropertyList &list)
{
    static const struct {
        const char *property, *key;
    } known[] = {
        {"dc:title", "title"},
        {"dc:creator", "author"},
        {"meta:initial-creator", "author"},
        {"dc:subject", "subject"},
        {"dc:description", "description"},
        {"meta:keyword", "keywords"},
        {"meta:creation-date", "date"},
        {"dcterms:issued", "date"},
        {"dc:date", "modified"},
        {"dc:language", "language"},
        {"dc:publisher", "publisher"},
        {"librevenge:descriptive-name", "title"},
    };

    for (const auto &row : known)
        if (list[row.property])
            out.fact(out.ctx, row.key, list[row.property]->getStr().cstr());
}

/* Pictures and files. The libraries' own encodings of drawings ("image/mwaw-odg") are none. */
void send_object(const revenge_out &out, const RVNGPropertyList &list)
{
    if (!list["office:binary-data"] || !list["librevenge:mime-type"])
        return;
    const RVNGString mime = list["librevenge:mime-type"]->getStr();
    const librevenge::RVNGBinaryData data(list["office:binary-data"]->getStr());
    if (!std::strstr(mime.cstr(), "-od") && data.size() > 0)
        out.object(out.ctx, mime.cstr(), data.getDataBuffer(), data.size());
}

void send_link(const revenge_out &out, const RVNGPropertyList &list)
{
    if (list["xlink:href"])
        out.link(out.ctx, list["xlink:href"]->getStr().cstr());
}

class Text : public librevenge::RVNGTextTextGenerator
{
  public:
    Text(RVNGString &text, const revenge_out &out) : RVNGTextTextGenerator(text), m_out(out)
    {
    }
    void setDocumentMetaData(const RVNGPropertyList &list) override
    {
        send_facts(m_out, list);
        RVNGTextTextGenerator::setDocumentMetaData(list);
    }
    void insertBinaryObject(const RVNGPropertyList &list) override
    {
        send_object(m_out, list);
        RVNGTextTextGenerator::insertBinaryObject(list);
    }
    void openLink(const RVNGPropertyList &list) override
    {
        send_link(m_out, list);
        RVNGTextTextGenerator::openLink(list);
    }

  private:
    const revenge_out &m_out;
};

template <class Generator> class Pages : public Generator
{
  public:
    Pages(RVNGStringVector &pages, const revenge_out &out) : Generator(pages), m_out(out)
    {
    }
    void setDocumentMetaData(const RVNGPropertyList &list) override
    {
        send_facts(m_out, list);
        Generator::setDocumentMetaData(list);
    }
    void drawGraphicObject(const RVNGPropertyList &list) override
    {
        send_object(m_out, list);
        Generator::drawGraphicObject(list);
    }
    void openLink(const RVNGPropertyList &list) override
    {
        send_link(m_out, list);
        Generator::openLink(list);
    }

  private:
    const revenge_out &m_out;
};

class Sheets : public librevenge::RVNGTextSpreadsheetGenerator
{
  public:
    Sheets(RVNGStringVector &sheets, const revenge_out &out)
        : RVNGTextSpreadsheetGenerator(sheets), m_out(out)
    {
    }
    void setDocumentMetaData(const RVNGPropertyList &list) override
    {
        send_facts(m_out, list);
        RVNGTextSpreadsheetGenerator::setDocumentMetaData(list);
    }
    void insertBinaryObject(const RVNGPropertyList &list) override
    {
        send_object(m_out, list);
        RVNGTextSpreadsheetGenerator::insertBinaryObject(list);
    }

  private:
    const revenge_out &m_out;
};

using Drawing = Pages<librevenge::RVNGTextDrawingGenerator>;
using Slides = Pages<librevenge::RVNGTextPresentationGenerator>;

/* ---- from a library's parser to the document's pages ---- */

template <class Parse> auto read_text(const revenge_out &out, Parse parse)
{
    RVNGString text;
    Text generator(text, out);
    const auto result = parse(&generator);

    out.text(out.ctx, text.cstr(), text.size());
    return result;
}

template <class Generator, class Parse> auto read_pages(const revenge_out &out, Parse parse)
{
    RVNGStringVector pages;
    Generator generator(pages, out);
    const auto result = parse(&generator);

    for (unsigned i = 0; i < pages.size(); i++)
        out.page(out.ctx, pages[i].cstr(), pages[i].size());
    return result;
}

/* ---- one function a library ---- */

struct Document {
    RVNGStringStream stream;
    const char *password;
    const revenge_out &out;

    RVNGInputStream *input()
    {
        stream.seek(0, librevenge::RVNG_SEEK_SET);
        return &stream;
    }
};

revenge_result read_wordperfect(Document &document)
{
    const libwpd::WPDConfidence confidence =
        libwpd::WPDocument::isFileFormatSupported(document.input());

    if (confidence == libwpd::WPD_CONFIDENCE_NONE)
        return REVENGE_UNKNOWN;
    if (confidence == libwpd::WPD_CONFIDENCE_UNSUPPORTED_ENCRYPTION)
        return REVENGE_LOCKED;
    const bool locked = confidence == libwpd::WPD_CONFIDENCE_SUPPORTED_ENCRYPTION;
    if (locked && libwpd::WPDocument::verifyPassword(document.input(), document.password) !=
                      libwpd::WPD_PASSWORD_MATCH_OK)
        return REVENGE_LOCKED;
    const auto result = read_text(document.out, [&](librevenge::RVNGTextInterface *to) {
        return libwpd::WPDocument::parse(document.input(), to,
                                         locked ? document.password : nullptr);
    });
    return result == libwpd::WPD_OK ? REVENGE_READ : REVENGE_DAMAGED;
}

revenge_result read_wordperfect_graphics(Document &document)
{
    if (!libwpg::WPGraphics::isSupported(document.input()))
        return REVENGE_UNKNOWN;
    return read_pages<Drawing>(document.out,
                               [&](librevenge::RVNGDrawingInterface *to) {
                                   return libwpg::WPGraphics::parse(document.input(), to);
                               })
               ? REVENGE_READ
               : REVENGE_DAMAGED;
}

revenge_result read_works(Document &document)
{
    libwps::WPSKind kind = libwps::WPS_TEXT;
    libwps::WPSCreator creator = libwps::WPS_MSWORKS;
    bool wants_charset = false;
    const auto confidence =
        libwps::WPSDocument::isFileFormatSupported(document.input(), kind, creator, wants_charset);

    if (confidence == libwps::WPS_CONFIDENCE_NONE)
        return REVENGE_UNKNOWN;
    const auto result =
        kind == libwps::WPS_TEXT
            ? read_text(document.out,
                        [&](librevenge::RVNGTextInterface *to) {
                            return libwps::WPSDocument::parse(document.input(), to,
                                                              document.password);
                        })
            : read_pages<Sheets>(document.out, [&](librevenge::RVNGSpreadsheetInterface *to) {
                  return libwps::WPSDocument::parse(document.input(), to, document.password);
              });
    if (result == libwps::WPS_ENCRYPTION_ERROR)
        return REVENGE_LOCKED;
    return result == libwps::WPS_OK ? REVENGE_READ : REVENGE_DAMAGED;
}

/* Libraries that know documents of several shapes. */
enum class Shape { text, sheets, slides, drawing };

template <class Result, class Parse>
Result read_shape(Document &document, Shape shape, Parse parse)
{
    switch (shape) {
    case Shape::sheets:
        return read_pages<Sheets>(
            document.out, [&](librevenge::RVNGSpreadsheetInterface *to) { return parse(to); });
    case Shape::slides:
        return read_pages<Slides>(
            document.out, [&](librevenge::RVNGPresentationInterface *to) { return parse(to); });
    case Shape::drawing:
        return read_pages<Drawing>(
            document.out, [&](librevenge::RVNGDrawingInterface *to) { return parse(to); });
    case Shape::text:
        break;
    }
    return read_text(document.out, [&](librevenge::RVNGTextInterface *to) { return parse(to); });
}

revenge_result read_staroffice(Document &document)
{
    STOFFDocument::Kind kind = STOFFDocument::STOFF_K_UNKNOWN;

    if (STOFFDocument::isFileFormatSupported(document.input(), kind) == STOFFDocument::STOFF_C_NONE)
        return REVENGE_UNKNOWN;
    const Shape shape =
        kind == STOFFDocument::STOFF_K_SPREADSHEET || kind == STOFFDocument::STOFF_K_DATABASE ? Shape::sheets
        : kind == STOFFDocument::STOFF_K_PRESENTATION ? Shape::slides
        : kind == STOFFDocument::STOFF_K_DRAW || kind == STOFFDocument::STOFF_K_BITMAP ||
                kind == STOFFDocument::STOFF_K_GRAPHIC
              ? Shape::drawing
              : Shape::text;
    const auto result = read_shape<STOFFDocument::Result>(document, shape, [&](auto *to) {
        return STOFFDocument::parse(document.input(), to, document.password);
    });
    if (result == STOFFDocument::STOFF_R_PASSWORD_MISSMATCH_ERROR)
        return REVENGE_LOCKED;
    return result == STOFFDocument::STOFF_R_OK ? REVENGE_READ : REVENGE_DAMAGED;
}

revenge_result read_mac(Document &document)
{
    MWAWDocument::Type type = MWAWDocument::MWAW_T_UNKNOWN;
    MWAWDocument::Kind kind = MWAWDocument::MWAW_K_UNKNOWN;

    if (MWAWDocument::isFileFormatSupported(document.input(), type, kind) ==
        MWAWDocument::MWAW_C_NONE)
        return REVENGE_UNKNOWN;
    const Shape shape =
        kind == MWAWDocument::MWAW_K_SPREADSHEET || kind == MWAWDocument::MWAW_K_DATABASE ? Shape::sheets
        : kind == MWAWDocument::MWAW_K_PRESENTATION ? Shape::slides
        : kind == MWAWDocument::MWAW_K_DRAW || kind == MWAWDocument::MWAW_K_PAINT
              ? Shape::drawing
              : Shape::text;
    const auto result = read_shape<MWAWDocument::Result>(document, shape, [&](auto *to) {
        return MWAWDocument::parse(document.input(), to, document.password);
    });
    if (result == MWAWDocument::MWAW_R_PASSWORD_MISSMATCH_ERROR)
        return REVENGE_LOCKED;
    return result == MWAWDocument::MWAW_R_OK ? REVENGE_READ : REVENGE_DAMAGED;
}

/* Libraries of drawings that only say yes or no. */
template <class Library> revenge_result read_drawing(Document &document)
{
    if (!Library::isSupported(document.input()))
        return REVENGE_UNKNOWN;
    return read_pages<Drawing>(document.out,
                               [&](librevenge::RVNGDrawingInterface *to) {
                                   return Library::parse(document.input(), to);
                               })
               ? REVENGE_READ
               : REVENGE_DAMAGED;
}

/* First those that look for a mark of their own, last the one that guesses most. */
revenge_result (*const READERS[])(Document &) = {
    read_drawing<libvisio::VisioDocument>,
    read_drawing<libmspub::MSPUBDocument>,
    read_drawing<libpagemaker::PMDocument>,
    read_drawing<libcdr::CDRDocument>,
    read_drawing<libcdr::CMXDocument>,
    read_wordperfect_graphics,
    read_staroffice,
    read_works,
    read_wordperfect,
    read_mac,
};

revenge_result read_any(Document &document)
{
    for (const auto read : READERS) {
        const revenge_result result = read(document);
        if (result != REVENGE_UNKNOWN)
            return result;
    }
    return REVENGE_UNKNOWN;
}

const char *works_mime(libwps::WPSCreator creator)
{
    switch (creator) {
    case libwps::WPS_LOTUS:
        return "application/vnd.lotus-1-2-3";
    case libwps::WPS_QUATTRO_PRO:
        return "application/x-quattro-pro";
    case libwps::WPS_MSWRITE:
        return "application/x-mswrite";
    case libwps::WPS_DOSWORD:
        return "application/x-word-for-dos";
    default:
        return "application/vnd.ms-works";
    }
}

const char *sniff_any(RVNGInputStream *input)
{
    libwps::WPSKind kind = libwps::WPS_TEXT;
    libwps::WPSCreator creator = libwps::WPS_MSWORKS;
    bool wants_charset = false;
    MWAWDocument::Type type = MWAWDocument::MWAW_T_UNKNOWN;
    MWAWDocument::Kind mac_kind = MWAWDocument::MWAW_K_UNKNOWN;

    if (libwps::WPSDocument::isFileFormatSupported(input, kind, creator, wants_charset) !=
        libwps::WPS_CONFIDENCE_NONE)
        return works_mime(creator);
    input->seek(0, librevenge::RVNG_SEEK_SET);
    if (libwpd::WPDocument::isFileFormatSupported(input) != libwpd::WPD_CONFIDENCE_NONE)
        return "application/vnd.wordperfect";
    input->seek(0, librevenge::RVNG_SEEK_SET);
    if (MWAWDocument::isFileFormatSupported(input, type, mac_kind) ==
            MWAWDocument::MWAW_C_EXCELLENT &&
        type != MWAWDocument::MWAW_T_APPLEPICT) /* which would only give itself as a picture */
        return "application/x-classic-mac";
    return nullptr;
}

} // namespace

revenge_result revenge_parse(const unsigned char *data, size_t len, const char *password,
                             const revenge_out *out)
try {
    Document document{RVNGStringStream(data, static_cast<unsigned>(len)), password, *out};

    return read_any(document);
} catch (const std::bad_alloc &) {
    return REVENGE_NO_MEMORY;
} catch (...) {
    return REVENGE_DAMAGED;
}

const char *revenge_sniff(const unsigned char *data, size_t len)
try {
    RVNGStringStream stream(data, static_cast<unsigned>(len));

    return sniff_any(&stream);
} catch (...) {
    return nullptr;
}
