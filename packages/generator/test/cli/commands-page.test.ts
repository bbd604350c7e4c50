import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Command, nameOf } from '../../dist/cli/command.js'
import { COMMANDS } from '../../dist/cli/main.js'
import { testDirectory } from '../support/project.js'
import { run } from '../support/run.js'

const PAGE = join(testDirectory, '..', '..', '..', 'docs', 'commands.md')
const BLOCK = /<!-- help: ?(\S*(?: \S+)*?) ?-->\n```text\n([\s\S]*?)```/g

/** Every command, those of a command after it: `access`, `access accept`. */
const namesOf = (commands: readonly Command[], before = ''): readonly string[] =>
  commands.flatMap((command) => {
    const name = `${before}${nameOf(command)}`
    return [name, ...namesOf(command.commands ?? [], `${name} `)]
  })

const text = () => readFileSync(PAGE, 'utf8').replaceAll('\r', '')
const help = async (command: string) => (await run([...command.split(' ').filter(Boolean), '--help'])).out

if (process.env.UPDATE_GOLDEN === '1') {
  const helps = new Map(
    await Promise.all(['', ...namesOf(COMMANDS)].map(async (name) => [name, await help(name)] as const)),
  )
  writeFileSync(
    PAGE,
    text().replace(BLOCK, (_block, name: string) => {
      return `<!-- help: ${name}${name === '' ? '' : ' '}-->\n\`\`\`text\n${helps.get(name)}\`\`\``
    }),
  )
}

const blocks = [...text().matchAll(BLOCK)].map(([, name = '', shown = '']) => ({ name, shown }))

it('docs/commands.md shows the help of the program and of every command', () => {
  expect(blocks.map(({ name }) => name).sort()).toEqual(['', ...namesOf(COMMANDS)].sort())
})

it.each(blocks)("docs/commands.md shows what 'mcp-gen $name --help' prints", async ({ name, shown }) => {
  expect(shown).toBe(await help(name))
})
