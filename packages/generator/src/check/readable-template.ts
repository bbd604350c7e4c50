import type { Related } from '../diagnostics/diagnostic.js'
import type { ResourceModel } from '../model/server-model.js'
import type { UriTemplate } from '../model/uri-template.js'
import { uriProblem } from './uri-problem.js'

/** The URI of a resource, unless it was refused: one that has to change first is not compared with anything. */
export function readableTemplate({ template }: ResourceModel): UriTemplate | null {
  return template === null || uriProblem(template) !== null ? null : template
}

/** Where its URI stands, for a finding about a part of it that stands elsewhere. */
export function uriPlace({ uri }: ResourceModel): readonly Related[] {
  return typeof uri === 'string' ? [] : [{ message: 'its uri is here', place: uri.place }]
}
