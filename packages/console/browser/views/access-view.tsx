import type { JSX } from 'preact'
import type { ConsoleItem, ConsoleState } from '../../src/definition.js'
import { markOf } from '../access/matrix.js'
import { Besides, setsInWords } from './access-chips.js'
import { PlaceLink } from './place-link.js'
import { Scroll } from './scroll.js'

export function AccessView({ state }: { readonly state: ConsoleState }): JSX.Element {
  const { tools, resources, prompts } = state
  const open = [...tools, ...resources, ...prompts].filter(({ access }) => access.kind === 'public')
  return (
    <>
      <h1 tabIndex={-1}>Access</h1>
      <p class="lead">
        {open.length === 0
          ? 'Who may call what. Nothing is public: every call needs a token.'
          : `Who may call what. Public, without any token: ${open.map(({ name }) => name).join(', ')}.`}
      </p>
      <Matrix state={state} />
      <p class="sideways">The table scrolls sideways.</p>
      <ul class="legend" aria-label="Legend">
        <li>
          <Dot kind="needed" /> needed: all of a row at once
        </li>
        <li>
          <Dot kind="includes" /> includes what is needed
        </li>
      </ul>
      <h2 class="section">Scopes</h2>
      <Scopes state={state} />
    </>
  )
}

function Matrix({ state }: { readonly state: ConsoleState }): JSX.Element {
  const { scopes, tools, resources, prompts } = state
  return (
    <Scroll class="card matrix" label="Access matrix">
      <table>
        <caption class="hidden">
          Who may call what: rows are tools, resources and prompts, columns what a caller holds
        </caption>
        <thead>
          <tr>
            <th scope="col" class="corner">
              <span class="hidden">Name</span>
            </th>
            <th scope="col">Without scope</th>
            {scopes.map(({ name, baseline }) => (
              <th scope="col" key={name}>
                <code>{name}</code>
                {baseline && <small>baseline</small>}
              </th>
            ))}
          </tr>
        </thead>
        <Rows name="Tools" items={tools} state={state} />
        <Rows name="Resources" items={resources} state={state} />
        <Rows name="Prompts" items={prompts} state={state} />
      </table>
    </Scroll>
  )
}

function Rows({
  name,
  items,
  state,
}: {
  name: string
  items: readonly ConsoleItem[]
  state: ConsoleState
}): JSX.Element | null {
  if (items.length === 0) return null
  return (
    <tbody>
      <tr class="kind">
        <th scope="rowgroup" colSpan={2 + state.scopes.length}>
          <span>{name}</span>
        </th>
      </tr>
      {items.map((item) => (
        <Row key={item.name} item={item} state={state} />
      ))}
    </tbody>
  )
}

function Row({ item, state }: { readonly item: ConsoleItem; readonly state: ConsoleState }): JSX.Element {
  const { name, access, place } = item
  return (
    <tr class={access.kind}>
      <th scope="row">
        <code>{name}</code>
        <Besides item={item} />
        <PlaceLink place={place} directory={state.directory} />
      </th>
      <td>
        {access.kind === 'public' && <span class="chip public">public</span>}
        {access.kind === 'authenticated' && <span class="chip any">any token</span>}
        {access.kind === 'any-of' && <span class="chip any">{setsInWords(access.anyOf)}</span>}
        {access.kind === 'scopes' && <No />}
      </td>
      {state.scopes.map((scope) => {
        const mark = markOf(item, scope)
        return (
          <td key={scope.name}>
            {mark.kind === 'needed' && <Dot kind="needed" text="needed" />}
            {mark.kind === 'includes' && <Dot kind="includes" text={`includes ${mark.scopes.join(' ')}`} />}
            {mark.kind === 'none' && <No text={access.kind === 'scopes' ? 'no' : 'not asked for'} />}
          </td>
        )
      })}
    </tr>
  )
}

function No({ text = 'no' }: { readonly text?: string }): JSX.Element {
  return (
    <span class="no">
      <span aria-hidden="true">·</span>
      <span class="hidden">{text}</span>
    </span>
  )
}

function Dot({ kind, text }: { kind: 'needed' | 'includes'; text?: string }): JSX.Element {
  return (
    <>
      <span class={`dot ${kind}`} aria-hidden="true" title={text} />
      {text !== undefined && <span class="hidden">{text}</span>}
    </>
  )
}

function Scopes({ state }: { readonly state: ConsoleState }): JSX.Element {
  if (state.scopes.length === 0) return <p class="empty">The server declares no scope.</p>
  return (
    <ul class="card rows">
      {state.scopes.map(({ name, description, baseline, implies }) => (
        <li key={name}>
          <span class="chip scope">{name}</span> <span class="grow">{description}</span>
          {baseline && <span class="chip">baseline: asked for at the first login</span>}
          {implies.length > 0 && <span class="chip">includes {implies.join(', ')}</span>}
        </li>
      ))}
    </ul>
  )
}
