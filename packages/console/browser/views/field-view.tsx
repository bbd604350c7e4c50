import type { ComponentChildren, JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { asList, memberOf, withItem, withMember, withoutItem } from '../form/change.js'
import type { Field } from '../form/field.js'
import { disagreement, hintOf } from '../form/hint.js'
import { initialValue } from '../form/initial-value.js'
import { JsonValue } from './arguments.js'

interface FieldProps<One extends Field = Field> {
  readonly field: One
  readonly required: boolean
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** The whole form: its members stand without a frame around them. */
  readonly root?: boolean
}

type Of<Kind extends Field['kind']> = FieldProps<Extract<Field, { kind: Kind }>>

/** The form for one place of a schema. It never keeps a wrong value from being sent. */
export function FieldView({ field, ...props }: FieldProps): JSX.Element {
  switch (field.kind) {
    case 'group':
      return <Group field={field} {...props} />
    case 'list':
      return <List field={field} {...props} />
    case 'variants':
      return <Variants field={field} {...props} />
    default:
      return <Input field={field} {...props} />
  }
}

function Input({ field, required, value, onChange }: FieldProps): JSX.Element {
  const id = useId()
  const wrong = disagreement(field, value)
  const hint = hintOf(field)
  const described = field.description !== undefined || hint !== '' || wrong !== undefined
  const describedBy = described ? `${id}-about` : undefined
  return (
    <div class="field">
      <label class="label" for={id}>
        <code>{field.label || 'Value'}</code>
        {!required && <small class="soft"> optional</small>}
      </label>
      <Control id={id} describedBy={describedBy} field={field} required={required} value={value} onChange={onChange} />
      {described && (
        <small id={describedBy} class="soft">
          {field.description}
          {field.description !== undefined && hint !== '' && ' · '}
          {hint}
          {wrong !== undefined && <strong class="wrong"> Now: {wrong}</strong>}
        </small>
      )}
    </div>
  )
}

type ControlProps = FieldProps & { readonly id: string; readonly describedBy: string | undefined }

function Control({ id, describedBy, field, required, value, onChange }: ControlProps): JSX.Element {
  const common = { id, 'aria-describedby': describedBy, 'aria-required': required || undefined }
  if (field.kind === 'number') return <NumberInput {...common} value={value} onChange={onChange} />
  if (field.kind === 'boolean') return <Select {...common} values={[true, false]} value={value} onChange={onChange} />
  if (field.kind === 'choice') return <Select {...common} values={field.values} value={value} onChange={onChange} />
  if (field.kind !== 'text') return <JsonValue id={id} describedBy={describedBy} value={value} onChange={onChange} />
  const text = typeof value === 'string' ? value : ''
  // What is optional and empty is left out; an empty text is for the JSON editor.
  const typed = (next: string): void => onChange(next === '' && !required ? undefined : next)
  return field.multiline ? (
    <textarea {...common} rows={4} value={text} onInput={(event) => typed(event.currentTarget.value)} />
  ) : (
    <input
      {...common}
      type="text"
      autocomplete="off"
      value={text}
      onInput={(event) => typed(event.currentTarget.value)}
    />
  )
}

interface InputProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-required': true | undefined
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** A text field, so that what is no number can be sent as well. */
function NumberInput({ value, onChange, ...common }: InputProps): JSX.Element {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const shown = Object.is(numberFrom(text), value) ? text : String(value ?? '')
  return (
    <input
      {...common}
      type="text"
      inputMode="decimal"
      autocomplete="off"
      value={shown}
      onInput={(event) => {
        setText(event.currentTarget.value)
        onChange(numberFrom(event.currentTarget.value))
      }}
    />
  )
}

function numberFrom(text: string): unknown {
  if (text.trim() === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

function Select({ values, value, onChange, ...common }: InputProps & { values: readonly unknown[] }): JSX.Element {
  const index = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(value))
  return (
    <select {...common} value={String(index)} onChange={(event) => onChange(values[Number(event.currentTarget.value)])}>
      <option value="-1">(left out)</option>
      {values.map((one, at) => (
        <option key={JSON.stringify(one)} value={String(at)}>
          {typeof one === 'string' ? one : JSON.stringify(one)}
        </option>
      ))}
    </select>
  )
}

function Group({ field, required, value, onChange, root = false }: Of<'group'>): JSX.Element {
  const members = field.members.map(({ name, required: needed, field: member }) => (
    <FieldView
      key={name}
      field={member}
      required={needed}
      value={memberOf(value, name)}
      onChange={(next) => onChange(withMember(value, name, next))}
    />
  ))
  if (root) return <div class="fields">{members}</div>
  const present = value !== undefined
  return (
    <Frame field={field} required={required}>
      {!required && (
        <label class="check">
          <input
            type="checkbox"
            checked={present}
            onChange={() => onChange(present ? undefined : initialValue(field))}
          />
          <span>Give it</span>
        </label>
      )}
      {(present || required) && <div class="fields">{members}</div>}
    </Frame>
  )
}

function List({ field, required, value, onChange }: Of<'list'>): JSX.Element {
  const items = asList(value)
  const put = (next: readonly unknown[]): void => onChange(next.length === 0 && !required ? undefined : next)
  return (
    <Frame field={field} required={required}>
      <div class="fields">
        {items.map((item, index) => (
          <div class="list-item" key={index}>
            <FieldView
              field={{ ...field.items, label: `${field.items.label} ${index + 1}` }}
              required
              value={item}
              onChange={(next) => put(withItem(items, index, next ?? null))}
            />
            <button
              type="button"
              class="plain small"
              aria-label={`Remove ${field.items.label} ${index + 1}`}
              onClick={({ currentTarget }) => {
                // The button goes with its item; the one that adds stays.
                currentTarget.closest('fieldset')?.querySelector<HTMLElement>(':scope > button')?.focus()
                put(withoutItem(items, index))
              }}
            >
              Remove
            </button>
          </div>
        ))}
      </div>
      <button type="button" class="plain small" onClick={() => put([...items, initialValue(field.items) ?? null])}>
        Add to {field.label}
      </button>
    </Frame>
  )
}

function Variants({ field, required, value, onChange, root = false }: Of<'variants'>): JSX.Element {
  const id = useId()
  const [chosen, setChosen] = useState(required ? 0 : -1)
  const variant = field.variants[chosen]
  return (
    <Frame field={root ? { ...field, label: 'Variant' } : field} required={required}>
      <div class="field">
        <label class="label" for={id}>
          Which one
        </label>
        <select
          id={id}
          value={String(chosen)}
          onChange={(event) => {
            const index = Number(event.currentTarget.value)
            const next = field.variants[index]
            setChosen(index)
            onChange(next && initialValue(next))
          }}
        >
          {!required && <option value="-1">(left out)</option>}
          {field.variants.map(({ label }, index) => (
            <option key={index} value={String(index)}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {variant && !isFixed(variant) && (
        <FieldView key={chosen} field={variant} required root value={value} onChange={onChange} />
      )}
    </Frame>
  )
}

/** There is nothing left to choose. */
function isFixed(field: Field): boolean {
  return field.kind === 'choice' && field.values.length === 1
}

function Frame({
  field,
  required,
  children,
}: {
  field: Field
  required: boolean
  children: ComponentChildren
}): JSX.Element {
  return (
    <fieldset class="frame">
      <legend>
        <code>{field.label || 'Value'}</code>
        {!required && <small class="soft"> optional</small>}
      </legend>
      {field.description !== undefined && <small class="soft">{field.description}</small>}
      {children}
    </fieldset>
  )
}
