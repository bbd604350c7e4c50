import { diagnostic } from '../diagnostics/diagnostic.js'
import { headerAnnotations } from './header-annotations.js'
import type { Rule } from './rule.js'
import { toolSchemas } from './tool-schemas.js'

/** MCP 2026-07-28, tools: no passwords, tokens or personal data in headers, which proxies log. */
export const headerAnnotationExposes: Rule = ({ model }) =>
  toolSchemas(model).flatMap(({ tool, side, schema: { wire, place } }) =>
    side === 'output'
      ? []
      : headerAnnotations(wire.schema)
          .filter(({ argument, format }) => format === 'email' || PRIVATE.test(argument))
          .map(({ place: argument }) => diagnostic('header-annotation-exposes', place, { tool, argument })),
  )

const PRIVATE =
  /pass(?:word|phrase)|secret|token|credential|api[-_]?key|private[-_]?key|authorization|e?mail|phone|birth|ssn|iban|card[-_]?number/i
