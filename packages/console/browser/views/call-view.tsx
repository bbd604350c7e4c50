import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ConsoleItem, ConsoleState } from '../../src/definition.js'
import type { Session } from '../call/session.js'
import { fieldOf, type Schema } from '../form/field.js'
import { initialValue } from '../form/initial-value.js'
import { type Era, eras, type Kind, verbs } from '../protocol/requests.js'
import { addressOf } from '../route.js'
import { AccessChips, AnnotationChips, Besides } from './access-chips.js'
import { Arguments, type Draft } from './arguments.js'
import { Logins } from './logins.js'
import { PlaceLink } from './place-link.js'
import { Timeline } from './timeline.js'

interface CallProps {
  readonly state: ConsoleState
  readonly session: Session
  /** `tools/delete_note` */
  readonly chosen: string
}

interface Choice {
  readonly kind: Kind
  readonly item: ConsoleItem
}

const eraNames: Readonly<Record<Era, string>> = {
  '2026-07-28': '2026-07-28: one request',
  '2025-11-25': '2025-11-25: initialize first',
}

export function CallView({ state, session, chosen }: CallProps): JSX.Element {
  const choices = choicesOf(state)
  const choice = choices.find((one) => idOf(one) === chosen) ?? choices[0]
  return (
    <>
      <h1 tabIndex={-1}>Call</h1>
      <div class="split call">
        <div class="stack">
          <Logins state={state} session={session} />
          {choice ? (
            <CallForm state={state} choices={choices} choice={choice} session={session} />
          ) : (
            <p class="empty">There is nothing to call yet.</p>
          )}
        </div>
        <Timeline state={state} session={session} />
      </div>
    </>
  )
}

/** What was typed for each tool; it outlives a look at another view. */
const drafts = new Map<string, Draft>()

/** Stays when another tool is chosen. */
let lastEra: Era = eras[0]

interface FormProps {
  readonly state: ConsoleState
  readonly choices: readonly Choice[]
  readonly choice: Choice
  readonly session: Session
}

function CallForm({ state, choices, choice, session }: FormProps): JSX.Element {
  const { kind, item } = choice
  const schema = schemaOf(choice)
  const field = fieldOf(schema)
  const id = idOf(choice)
  const [, draw] = useState({})
  const [era, setEra] = useState<Era>(lastEra)
  const [problem, setProblem] = useState<{ readonly of: string; readonly words: string } | undefined>(undefined)
  const draft = drafts.get(id) ?? { value: initialValue(field) ?? {}, text: undefined }
  const change = (next: Draft): void => {
    drafts.set(id, next)
    setProblem(undefined)
    draw({})
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    const input = readDraft(draft)
    if ('problem' in input) setProblem({ of: id, words: input.problem })
    else session.call({ kind, name: item.name, input: input.value, schema }, era)
  }
  return (
    <form class="card call-form" noValidate onSubmit={submit} aria-labelledby="what">
      <h2 id="what">What to call</h2>
      <label class="field">
        <span class="label">Name</span>
        <select value={id} onChange={(event) => location.replace(addressOf('call', event.currentTarget.value))}>
          {(['tools', 'resources', 'prompts'] as const).map((group) => (
            <Options key={group} kind={group} choices={choices} />
          ))}
        </select>
      </label>
      <p class="about">{item.description}</p>
      <p class="chips">
        <AccessChips access={item.access} />
        <AnnotationChips annotations={item.annotations} />
        <PlaceLink place={item.place} directory={state.directory} />
      </p>
      <Besides item={item} />
      <Arguments
        key={id}
        field={field}
        draft={draft}
        onChange={change}
        problem={problem?.of === id ? problem.words : undefined}
      />
      <div class="actions">
        <label class="field inline">
          <span class="label">Protocol</span>
          <select
            value={era}
            onChange={(event) => {
              lastEra = event.currentTarget.value as Era
              setEra(lastEra)
            }}
          >
            {eras.map((one) => (
              <option key={one} value={one}>
                {eraNames[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary">
          {verbs[kind]} {item.name}
        </button>
      </div>
    </form>
  )
}

const headings: Readonly<Record<Kind, string>> = { tools: 'Tools', resources: 'Resources', prompts: 'Prompts' }

function Options({ kind, choices }: { readonly kind: Kind; readonly choices: readonly Choice[] }): JSX.Element | null {
  const own = choices.filter((choice) => choice.kind === kind)
  if (own.length === 0) return null
  return (
    <optgroup label={headings[kind]}>
      {own.map((choice) => (
        <option key={choice.item.name} value={idOf(choice)}>
          {choice.item.name}
        </option>
      ))}
    </optgroup>
  )
}

function choicesOf({ tools, resources, prompts }: ConsoleState): readonly Choice[] {
  return [
    ...tools.map((item) => ({ kind: 'tools' as const, item })),
    ...resources.map((item) => ({ kind: 'resources' as const, item })),
    ...prompts.map((item) => ({ kind: 'prompts' as const, item })),
  ]
}

function idOf({ kind, item }: Choice): string {
  return `${kind}/${item.name}`
}

/** A resource is asked for by its address, and by nothing else. */
function schemaOf({ kind, item }: Choice): Schema | null {
  if (kind !== 'resources') return item.inputSchema
  const uri = { type: 'string', title: 'Address', ...(item.uri === undefined ? {} : { default: item.uri }) }
  return { type: 'object', properties: { uri }, required: ['uri'] }
}

/** The arguments, right or wrong; only what is no JSON cannot be sent. */
function readDraft({ value, text }: Draft): { readonly value: unknown } | { readonly problem: string } {
  if (text === undefined) return { value }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return {
      problem: `This is not JSON, so it cannot be sent: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
