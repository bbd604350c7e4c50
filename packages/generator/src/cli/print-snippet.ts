import { renderUnicodeCompact } from 'uqr'
import type { ClientSnippet, ClientStep } from '../connect/client-snippet.js'
import { type Paint, painter } from '../diagnostics/paint.js'
import { type Io, isInteractive, wantsColor } from './io.js'

/** How a client is connected, for a terminal. What is to be pasted stands alone, so that it can be selected. */
export function printSnippet({ name, steps, problem }: ClientSnippet, io: Io): string {
  const paint = painter(wantsColor(io.out, io.env))
  const parts = steps.flatMap((step) => printStep(step, paint, io))
  const warning =
    problem === undefined
      ? []
      : [`${paint('yellow', 'This does not work as things are.')}\n${problem.replaceAll('. ', '.\n')}`]
  return [paint('bold', name), ...warning, ...parts].map((part) => `${part}\n`).join('\n')
}

function printStep(step: ClientStep, paint: Paint, io: Io): readonly string[] {
  switch (step.kind) {
    case 'text':
      return [step.text]
    case 'command':
      return [indent(paint('cyan', step.text))]
    case 'file':
      return [`${paint('dim', step.path)}\n\n${indent(step.text.trimEnd())}`]
    case 'link':
      return [`${step.label}:\n\n${indent(paint('cyan', step.href))}`]
    case 'qr':
      // A camera sees it on a screen alone; what is piped holds the text already.
      return isInteractive(io.out, io.env)
        ? [`${step.label}:\n\n${renderUnicodeCompact(step.text, { border: 2 })}`]
        : []
  }
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
