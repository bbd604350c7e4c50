import type { ServerModel, ToolModel } from '../model/server-model.js'
import { type AccessView, policyView, type Setting } from './policy-view.js'
import { said } from './said.js'

interface SettingRow {
  readonly value: string | null
  readonly env: string | null
  readonly development: string | null
}

interface ToolRow {
  readonly name: string
  readonly description: string
  readonly scopes: readonly string[]
  readonly hints: readonly string[]
  readonly place: string
}

/** The content of `ACCESS.md`. */
export interface AccessPage {
  readonly name: string
  readonly version: string
  readonly resource: SettingRow
  readonly issuers: readonly SettingRow[]
  readonly scopes: readonly ScopeRow[]
  /** Tools that need a token. */
  readonly guarded: readonly ToolRow[]
  readonly public: readonly ToolRow[]
}

interface ScopeRow {
  readonly name: string
  readonly description: string
  readonly baseline: boolean
  readonly implies: readonly string[]
  /** Tools that name it. */
  readonly tools: readonly string[]
}

export function accessPage(model: ServerModel): AccessPage {
  const { resource, issuers, tools } = policyView(model)
  const rows = tools.map(({ name, access, place }, index) => ({
    access,
    row: toolRow(name, access, place, model.tools[index]),
  }))
  return {
    name: model.server === null ? '' : said(model.server.name),
    version: model.server === null ? '' : said(model.server.version),
    resource: settingRow(resource),
    issuers: issuers.map(({ issuer }) => settingRow(issuer)),
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      description: said(description),
      baseline,
      implies: satisfies,
      tools: rows.filter(({ row }) => row.scopes.includes(name)).map(({ row }) => row.name),
    })),
    guarded: rows.filter(({ access }) => access.access !== 'public').map(({ row }) => row),
    public: rows.filter(({ access }) => access.access === 'public').map(({ row }) => row),
  }
}

function toolRow(name: string, access: AccessView, place: string, tool: ToolModel | undefined): ToolRow {
  return {
    name,
    place,
    description: tool === undefined ? '' : said(tool.description),
    scopes: access.access === 'scopes' ? access.scopes : [],
    hints: hintsOf(tool),
  }
}

const HINTS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  readOnlyHint: ['reads only', 'changes things'],
  destructiveHint: ['destructive', 'not destructive'],
  idempotentHint: ['idempotent', 'not idempotent'],
  openWorldHint: ['reaches beyond this server', 'stays within this server'],
}

function hintsOf(tool: ToolModel | undefined): readonly string[] {
  return Object.entries(tool?.annotations?.value ?? {}).flatMap(([hint, value]) => {
    const words = HINTS[hint]
    return words === undefined ? [] : [value === true ? words[0] : words[1]]
  })
}

function settingRow(setting: Setting): SettingRow {
  if (typeof setting === 'string') return { value: setting, env: null, development: null }
  return { value: null, env: setting.env, development: setting.development ?? null }
}
