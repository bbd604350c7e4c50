import { policy } from '../../../../examples/notes/generated/policy.gen.js'
import { schemas } from '../../../../examples/notes/generated/schemas.gen.js'
import type { ClientSnippet, ConsoleItem, ConsoleState } from '../../src/definition.js'

const files: Readonly<Record<keyof typeof policy.tools, string>> = {
  create_note: 'mcp/tools/create-note.ts:7',
  delete_note: 'mcp/tools/delete-note.ts:7',
  list_notes: 'mcp/tools/list-notes.ts:7',
  read_note: 'mcp/tools/read-note.ts:7',
}

/** What `mcp-gen dev` says of the notes example. */
export function notesState(where: { readonly resource: string; readonly issuer: string }): ConsoleState {
  const names = Object.keys(policy.tools) as (keyof typeof policy.tools)[]
  return {
    server: policy.server,
    ...where,
    embedded: true,
    directory: '/home/you/notes',
    scopes: Object.entries(policy.scopes).map(([name, scope]) => ({ name, ...scope })),
    tools: names.map(
      (name): ConsoleItem => ({
        name,
        title: schemas[name].title,
        description: schemas[name].description,
        access: { kind: 'scopes', scopes: policy.tools[name].scopes },
        besides: [],
        annotations: schemas[name].annotations,
        place: files[name],
        inputSchema: schemas[name].input.schema,
        outputSchema: schemas[name].output.schema,
      }),
    ),
    resources: [],
    prompts: [],
    clients: clientsOf(where.resource),
    build: { status: 'live', milliseconds: 214, findings: [] },
  }
}

/** A server with one of everything: public and authenticated tools, a resource, prompts, every kind of field. */
export function varietyState(where: { readonly resource: string; readonly issuer: string }): ConsoleState {
  const notes = notesState(where)
  return {
    ...notes,
    scopes: [
      ...notes.scopes,
      { name: 'notes:export', description: 'Take all notes along', baseline: false, implies: ['notes:read'] },
    ],
    tools: [
      ...notes.tools,
      {
        ...item('export_everything', { kind: 'scopes', scopes: ['notes:export', 'notes:write'] }),
        besides: CONDITIONS,
      },
      item('search', { kind: 'authenticated' }, manyFields),
      item('server_time', { kind: 'public' }),
    ],
    resources: [{ ...item('note', { kind: 'scopes', scopes: ['notes:read'] }, null), uri: 'notes://{id}' }],
    prompts: [item('summarise', { kind: 'scopes', scopes: ['notes:read'] })],
  }
}

/** One of everything that can be asked for besides scopes, as `mcp-gen dev` says it. */
export const CONDITIONS: readonly string[] = [
  'depending on its arguments also notes:archive',
  'hidden from everybody else',
  'only for the client desk or till of the tenant acme with tokens of STAFF_ISSUER of the environment',
  'after a login of the last 300 seconds',
  'if its own rule about the object allows it',
  'after a login of level urn:example:loa:3',
  "calls https://files.example.com/a-service-with-a-rather-long-address in the caller's name with files:read",
  '5 calls a minute by one subject',
  '20 seconds a call',
]

const manyFields = {
  type: 'object',
  properties: {
    text: { type: 'string', minLength: 2, description: 'What to look for' },
    order: { enum: ['newest', 'oldest'] },
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    archived: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    within: {
      type: 'object',
      properties: { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } },
      required: ['from'],
    },
    where: { anyOf: [{ type: 'string', title: 'In a folder' }, { type: 'null' }] },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
  required: ['text', 'order'],
}

function item(
  name: string,
  access: ConsoleItem['access'],
  inputSchema: ConsoleItem['inputSchema'] = { type: 'object', properties: {} },
): ConsoleItem {
  const description = `What ${name} is for`
  const place = `mcp/tools/${name.replaceAll('_', '-')}.ts:6`
  const annotations = { readOnlyHint: true }
  return { name, description, access, besides: [], annotations, place, inputSchema, outputSchema: null }
}

function clientsOf(resource: string): readonly ClientSnippet[] {
  const command = `claude mcp add --transport http notes ${resource}`
  return [
    {
      id: 'claude-code',
      name: 'Claude Code',
      steps: [
        { kind: 'command', text: command },
        { kind: 'text', text: 'In Claude Code type /mcp, choose notes and log in.' },
      ],
    },
    {
      id: 'claude-ai',
      name: 'claude.ai',
      problem:
        'claude.ai calls from its own computers and cannot reach localhost. Give the server a public address first.',
      steps: [
        { kind: 'text', text: 'Settings, Connectors, Add custom connector.' },
        { kind: 'qr', label: 'Open the settings on your phone', text: 'https://claude.ai/settings/connectors' },
      ],
    },
    {
      id: 'vs-code',
      name: 'VS Code',
      steps: [
        {
          kind: 'link',
          label: 'Add to VS Code',
          href: `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name: 'notes', url: resource }))}`,
        },
        {
          kind: 'file',
          path: '.vscode/mcp.json',
          language: 'json',
          text: JSON.stringify({ servers: { notes: { type: 'http', url: resource } } }, null, 2),
        },
      ],
    },
    {
      id: 'codex',
      name: 'Codex',
      steps: [
        {
          kind: 'file',
          path: '~/.codex/config.toml',
          language: 'toml',
          text: `[mcp_servers.notes]\nurl = "${resource}"`,
        },
      ],
    },
  ]
}
