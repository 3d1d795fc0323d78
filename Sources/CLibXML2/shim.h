#ifndef COUNTERFOIL_CLIBXML2_SHIM_H
#define COUNTERFOIL_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
// Debian's libxml2 includes the system's ICU, whose types Foundation's own ICU declares otherwise: a
// compiler process that sees both stops. No handler that holds them is made or measured here.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

/// The parts of an error that are read; the struct itself became const in libxml2 2.12.
typedef void (*counterfoil_xmlErrorFunction)(void *data, int level, int code, int line, int column,
                                             const char *message);

typedef struct {
  void *data;
  counterfoil_xmlErrorFunction call;
} counterfoil_xmlErrorTarget;

#if LIBXML_VERSION >= 21200
static inline void counterfoil_forwardError(void *target, const xmlError *error) {
#else
static inline void counterfoil_forwardError(void *target, xmlError *error) {
#endif
  counterfoil_xmlErrorTarget *to = (counterfoil_xmlErrorTarget *)target;
  if (to && error)
    to->call(to->data, (int)error->level, error->code, error->line, error->int2, error->message);
}

/// Sends the structured errors of this thread to `target`; NULL ends that.
///
/// Encoding and input errors come only through this handler, not through the one of the context.
static inline void counterfoil_setErrorTarget(counterfoil_xmlErrorTarget *target) {
  xmlSetStructuredErrorFunc(target, target ? counterfoil_forwardError : NULL);
}

static inline xmlParserInputPtr counterfoil_loadNothing(const char *url, const char *id,
                                                        xmlParserCtxtPtr parser) {
  (void)url; (void)id; (void)parser;
  return NULL;
}

/// To be called once: no external entity is ever loaded by this process.
static inline void counterfoil_initialize(void) {
  xmlInitParser();
  xmlSetExternalEntityLoader(counterfoil_loadNothing);
}

/// No network, no external entities; the second option has a name since libxml2 2.13.
static inline int counterfoil_parserOptions(void) {
#if LIBXML_VERSION >= 21300
  return XML_PARSE_NONET | XML_PARSE_NO_XXE;
#else
  return XML_PARSE_NONET;
#endif
}

static inline int counterfoil_isWellFormed(xmlParserCtxtPtr parser) { return parser->wellFormed; }

static inline int counterfoil_line(xmlParserCtxtPtr parser) {
  return parser->input ? parser->input->line : 0;
}

static inline int counterfoil_column(xmlParserCtxtPtr parser) {
  return parser->input ? parser->input->col : 0;
}

/// A handler with no callbacks that asks for SAX2 events.
static inline xmlSAXHandler counterfoil_emptyHandler(void) {
  xmlSAXHandler handler = {0};
  handler.initialized = XML_SAX2_MAGIC;
  return handler;
}

#endif
