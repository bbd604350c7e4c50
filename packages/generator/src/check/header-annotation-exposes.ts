import { diagnostic } from '../diagnostics/diagnostic.js'
import { declaredSchemas } from './declared-schemas.js'
import { headerAnnotations } from './header-annotations.js'
import type { Rule } from './rule.js'

/** MCP 2026-07-28, tools: no passwords, tokens or personal data in headers, which proxies log. */
export const headerAnnotationExposes: Rule = ({ model }) =>
  declaredSchemas(model).flatMap(({ item, side, schema: { wire, place } }) =>
    side !== 'input'
      ? []
      : headerAnnotations(wire.schema)
          .filter(({ argument, format }) => format === 'email' || PRIVATE.test(argument))
          .map(({ place: argument }) => diagnostic('header-annotation-exposes', place, { item, argument })),
  )

const PRIVATE =
  /pass(?:word|phrase)|secret|token|credential|api[-_]?key|private[-_]?key|authorization|e?mail|phone|birth|ssn|iban|card[-_]?number/i
