import { KINDS } from '../add/kind.js'
import type { ItemKind } from '../model/item-name.js'
import type { AccessArguments } from './choose-access.js'
import type { Command } from './command.js'
import { jsonOption, projectOption, quietOption } from './options.js'

export interface AddArguments extends AccessArguments {
  readonly kind: ItemKind
  readonly name: string
  readonly project: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly uri: string | undefined
  readonly json: boolean
  readonly quiet: boolean
}

/** `mcp-gen add tool|resource|prompt NAME` */
export const addCommand: Command<AddArguments> = {
  usage: 'add <kind> <name>',
  description: 'start a tool, a resource or a prompt, and its test',
  positionals: {
    kind: { choices: KINDS, describe: 'what to add' },
    name: { type: 'string', describe: 'its name: delete_note, delete-note, DeleteNote, or notes/delete in a folder' },
  },
  options: {
    scopes: { type: 'string', requiresArg: true, describe: 'who may use it: callers with all of these scopes, as a,b' },
    access: {
      choices: ['authenticated', 'public'],
      describe: 'or every caller with a token, or everybody without one',
    },
    title: { type: 'string', requiresArg: true, describe: 'its name for people' },
    description: { type: 'string', requiresArg: true, describe: 'what the model reads to decide whether to use it' },
    uri: { type: 'string', requiresArg: true, describe: 'where a resource is, such as notes://all' },
    yes: { type: 'boolean', default: false, describe: 'ask nothing, not even on a terminal' },
    project: projectOption,
    json: { ...jsonOption, describe: 'print what was done for a program' },
    quiet: quietOption,
  },
  completions: { scopes: async (words, io) => (await import('./declared-scopes.js')).declaredScopes(words, io) },
  examples: [
    { command: 'add tool delete-note', text: 'ask who may call it, and write it' },
    { command: 'add tool delete-note --scopes notes:write', text: 'the same, without a question' },
    { command: 'add prompt digest --access authenticated', text: 'a prompt for every caller with a token' },
  ],
  run: async (args, io) => (await import('./run-add.js')).runAdd(args, io),
}
