import { isRecord } from '../is-record.js'
import { readForm } from './form-values.js'
import type { Question } from './question.js'

/**
 * What a client answered, if it is an answer to this question: it is a
 * stranger's text until here. Nothing, if it is not; then it is asked again.
 */
export function readAnswer(question: Question, given: unknown): unknown {
  if (!isRecord(given)) return undefined
  switch (question.kind) {
    case 'roots':
      return readRoots(given.roots)
    case 'sampling':
      return readMessage(given)
    case 'elicitation':
      return readElicited(question, given)
  }
}

type Values = Readonly<Record<string, unknown>>

function readElicited({ mode, params }: Question, { action, content }: Values): unknown {
  if (action === 'decline' || action === 'cancel') return { action }
  if (action !== 'accept') return undefined
  if (mode === 'url') return { action }
  const values = readForm(params.requestedSchema, content)
  return values === undefined ? undefined : { action, content: values }
}

function readMessage({ role, content, model, stopReason }: Values): unknown {
  if ((role !== 'assistant' && role !== 'user') || typeof model !== 'string') return undefined
  if (!isRecord(content) && !Array.isArray(content)) return undefined
  return { role, content, model, ...(typeof stopReason === 'string' ? { stopReason } : {}) }
}

function readRoots(roots: unknown): unknown {
  if (!Array.isArray(roots)) return undefined
  const read = roots.map(readRoot)
  return read.includes(undefined) ? undefined : read
}

function readRoot(root: unknown): { uri: string; name?: string } | undefined {
  if (!isRecord(root) || typeof root.uri !== 'string') return undefined
  return { uri: root.uri, ...(typeof root.name === 'string' ? { name: root.name } : {}) }
}
