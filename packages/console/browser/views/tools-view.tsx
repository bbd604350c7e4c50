import type { JSX } from 'preact'
import type { ConsoleItem, ConsoleState } from '../../src/definition.js'
import { describe } from '../form/describe.js'
import { fieldOf } from '../form/field.js'
import { type Kind, verbs } from '../protocol/requests.js'
import { addressOf } from '../route.js'
import { AccessChips, AnnotationChips, Besides } from './access-chips.js'
import { Code, json } from './code.js'
import { PlaceLink } from './place-link.js'
import { Scroll } from './scroll.js'

export function ToolsView({ state }: { readonly state: ConsoleState }): JSX.Element {
  const { tools, resources, prompts, directory, server } = state
  return (
    <>
      <h1 tabIndex={-1}>Tools</h1>
      {server.instructions !== undefined && <p class="lead">{server.instructions}</p>}
      {tools.length === 0 && (
        <p class="empty">
          There is no tool yet. A file in <code>mcp/tools/</code> is one: <code>npx mcp-gen add tool</code> makes it.
        </p>
      )}
      <Items kind="tools" items={tools} directory={directory} />
      {resources.length > 0 && <h2 class="section">Resources</h2>}
      <Items kind="resources" items={resources} directory={directory} />
      {prompts.length > 0 && <h2 class="section">Prompts</h2>}
      <Items kind="prompts" items={prompts} directory={directory} />
    </>
  )
}

interface ItemsProps {
  readonly kind: Kind
  readonly items: readonly ConsoleItem[]
  readonly directory: string
}

function Items({ kind, items, directory }: ItemsProps): JSX.Element {
  return (
    <>
      {items.map((item) => (
        <Item key={item.name} kind={kind} item={item} directory={directory} />
      ))}
    </>
  )
}

function Item({ kind, item, directory }: { kind: Kind; item: ConsoleItem; directory: string }): JSX.Element {
  const { name, title, description, access, annotations, place, inputSchema, outputSchema, uri } = item
  const id = `${kind}-${name}`
  return (
    <article class="card item" aria-labelledby={id}>
      <header>
        <h2 id={id}>
          <code>{name}</code>
          {title !== undefined && <span class="title">{title}</span>}
        </h2>
        <a class="button" href={addressOf('call', `${kind}/${name}`)} aria-label={`${verbs[kind]} ${name}`}>
          {verbs[kind]}
        </a>
      </header>
      <p>{description}</p>
      {uri !== undefined && (
        <p>
          <code>{uri}</code>
        </p>
      )}
      <p class="chips">
        <AccessChips access={access} />
        <AnnotationChips annotations={annotations} />
        <PlaceLink place={place} directory={directory} />
      </p>
      <Besides item={item} />
      {(inputSchema !== null || outputSchema !== null) && (
        <div class="schemas">
          {inputSchema !== null && <SchemaTable name={name} side="Input" schema={inputSchema} />}
          {outputSchema !== null && <SchemaTable name={name} side="Output" schema={outputSchema} />}
        </div>
      )}
    </article>
  )
}

interface SchemaTableProps {
  readonly name: string
  readonly side: 'Input' | 'Output'
  readonly schema: Readonly<Record<string, unknown>>
}

function SchemaTable({ name, side, schema }: SchemaTableProps): JSX.Element {
  const lines = describe(fieldOf(schema))
  const what = `${side} of ${name}`
  return (
    <details class="schema">
      <summary>
        {side}
        <span class="inline">
          {lines.length === 0
            ? 'nothing'
            : lines
                .filter(({ path }) => !/[.[]/.test(path))
                .map(({ path, required }) => (required ? path : `${path}?`))
                .join(', ')}
        </span>
      </summary>
      {lines.length > 0 && (
        <Scroll label={what}>
          <table>
            <caption class="hidden">{what}</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Takes</th>
                <th scope="col">What it is</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ path, type, required, description }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                    {!required && <small> optional</small>}
                  </th>
                  <td>{type}</td>
                  <td>{description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <details class="raw">
        <summary>JSON Schema</summary>
        <Code text={json(schema)} label={`${what} as JSON Schema`} copy />
      </details>
    </details>
  )
}
