import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Field } from '../form/field.js'
import { json } from './code.js'
import { FieldView } from './field-view.js'

/** Arguments as they are typed: a value from the form, or a text in its place. */
export interface Draft {
  readonly value: unknown
  /** What stands in the JSON editor; absent while the form is used. */
  readonly text: string | undefined
}

interface ArgumentsProps {
  readonly field: Field
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly problem: string | undefined
}

/** The arguments of a call, as a form or as JSON: two tabs over one value. */
export function Arguments({ field, draft, onChange, problem }: ArgumentsProps): JSX.Element {
  const id = useId()
  const byHand = draft.text !== undefined
  const empty = field.kind === 'group' && field.members.length === 0
  const toForm = (): void => {
    if (draft.text === undefined) return
    onChange({ value: parsedOr(draft.text, draft.value), text: undefined })
  }
  const toJson = (): void => {
    if (draft.text === undefined) onChange({ ...draft, text: json(draft.value) })
  }
  return (
    <div class="arguments">
      <div class="tab-row">
        <h3 id={`${id}-label`}>Arguments</h3>
        <Tabs id={id} byHand={byHand} toForm={toForm} toJson={toJson} />
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${byHand ? 'json' : 'form'}`}>
        {byHand ? (
          <JsonEditor text={draft.text ?? ''} problem={problem} onChange={(text) => onChange({ ...draft, text })} />
        ) : empty ? (
          <p class="soft">It takes none. Others can be sent as JSON.</p>
        ) : (
          <FieldView
            field={field}
            required
            root
            value={draft.value}
            onChange={(value) => onChange({ value: value ?? {}, text: undefined })}
          />
        )}
      </div>
    </div>
  )
}

interface TabsProps {
  readonly id: string
  readonly byHand: boolean
  readonly toForm: () => void
  readonly toJson: () => void
}

/** WAI-ARIA Authoring Practices, Tabs: arrow keys move and choose, Tab goes into the panel. */
function Tabs({ id, byHand, toForm, toJson }: TabsProps): JSX.Element {
  const form = useRef<HTMLButtonElement>(null)
  const text = useRef<HTMLButtonElement>(null)
  const move = (event: KeyboardEvent): void => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return
    event.preventDefault()
    const next = byHand ? form : text
    if (byHand) toForm()
    else toJson()
    next.current?.focus()
  }
  return (
    <div role="tablist" aria-labelledby={`${id}-label`} class="segments" onKeyDown={move}>
      <button
        type="button"
        role="tab"
        id={`${id}-form`}
        ref={form}
        aria-selected={!byHand}
        aria-controls={`${id}-panel`}
        tabIndex={byHand ? -1 : 0}
        onClick={toForm}
      >
        Form
      </button>
      <button
        type="button"
        role="tab"
        id={`${id}-json`}
        ref={text}
        aria-selected={byHand}
        aria-controls={`${id}-panel`}
        tabIndex={byHand ? 0 : -1}
        onClick={toJson}
      >
        JSON
      </button>
    </div>
  )
}

interface JsonEditorProps {
  readonly text: string
  readonly problem: string | undefined
  readonly onChange: (text: string) => void
}

function JsonEditor({ text, problem, onChange }: JsonEditorProps): JSX.Element {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (problem !== undefined) area.current?.focus()
  }, [problem])
  return (
    <div class="field">
      <label class="label" for={id}>
        Arguments as JSON
      </label>
      <textarea
        id={id}
        ref={area}
        class="mono"
        rows={Math.min(16, Math.max(5, text.split('\n').length + 1))}
        spellcheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <small
        id={`${id}-hint`}
        class={problem === undefined ? 'soft' : 'wrong'}
        role={problem === undefined ? undefined : 'alert'}
      >
        {problem ?? 'Sent as it is, also when the schema says otherwise: the server is the judge.'}
      </small>
    </div>
  )
}

/** A JSON editor for one value within a form. */
export function JsonValue({
  id,
  value,
  onChange,
  describedBy,
}: {
  id: string
  value: unknown
  onChange: (value: unknown) => void
  describedBy: string | undefined
}): JSX.Element {
  const [text, setText] = useState(value === undefined ? '' : json(value))
  return (
    <textarea
      id={id}
      class="mono"
      rows={3}
      spellcheck={false}
      value={text}
      aria-describedby={describedBy}
      onInput={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        // What is no JSON (yet) goes as the text that it is.
        onChange(typed.trim() === '' ? undefined : parsedOr(typed, typed))
      }}
    />
  )
}

function parsedOr(text: string, other: unknown): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return other
  }
}
