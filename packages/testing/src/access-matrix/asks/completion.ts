import type { ExpectedItem } from '../expected-access.js'
import { type Ask, type AskRequest, legacy, modern } from './ask.js'

/** What may stand in a value is as much worth as the value. */
export const completion: Ask = {
  name: 'as completion of 2026-07-28',
  request: (item) => modern('completion/complete', parameters(item)),
  status: 200,
  runs: 'completer',
}

export const legacyCompletion: Ask = {
  name: 'as completion of 2025-11-25',
  request: (item): AskRequest => legacy('completion/complete', parameters(item)),
  status: 200,
  runs: 'completer',
}

function parameters(item: ExpectedItem): Readonly<Record<string, unknown>> {
  const [name = ''] = item.kind === 'tool' ? [] : item.completes
  const ref =
    item.kind === 'resource' ? { type: 'ref/resource', uri: item.uri } : { type: 'ref/prompt', name: item.name }
  return { ref, argument: { name, value: '' } }
}
