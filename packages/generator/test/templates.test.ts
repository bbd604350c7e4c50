import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { describe, expect, it } from 'vitest'
import { GENERATED_FILES } from '../dist/model/generated-files.js'
import { WRITERS } from '../dist/render/writers.js'
import { testDirectory } from './support/project.js'

const TEMPLATES = join(testDirectory, '..', '..', '..', 'templates', 'code')
const STARTS = join(TEMPLATES, '..', 'add')
const BLOCKS = ['each', 'if', 'unless']

/** Every mustache that writes without a writer, and everything else that a template may not hold. */
class Lint extends Handlebars.Visitor {
  readonly findings: string[] = []

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const name = 'original' in mustache.path ? String(mustache.path.original) : ''
    const isWriter = (WRITERS as readonly string[]).includes(name) && mustache.params.length > 0
    if (!isWriter) this.findings.push(`line ${mustache.loc.start.line}: bare mustache '${name}'`)
    super.MustacheStatement(mustache)
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    if (!BLOCKS.includes(String(block.path.original))) this.findings.push(`line ${block.loc.start.line}: unknown block`)
    super.BlockStatement(block)
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.findings.push(`line ${expression.loc.start.line}: subexpression`)
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.findings.push(`line ${partial.loc.start.line}: partial`)
  }
}

function lint(template: string): readonly string[] {
  const visitor = new Lint()
  visitor.accept(Handlebars.parse(template))
  return visitor.findings
}

it('there is a template for each generated file, and none besides', () => {
  expect(readdirSync(TEMPLATES).sort()).toEqual(GENERATED_FILES.map((file) => `${file}.hbs`))
})

it.each([...readdirSync(TEMPLATES), ...readdirSync(STARTS).map((file) => `../add/${file}`)])(
  '%s writes every value through a writer',
  (file) => {
    expect(lint(readFileSync(join(TEMPLATES, file), 'utf8'))).toEqual([])
  },
)

describe('the lint of templates', () => {
  it.each(['{{name}}', '{{{name}}}', '{{&name}}', '{{literal}}', '{{this}}', '{{#each tools}}{{name}}{{/each}}'])(
    'refuses the bare mustache %s',
    (template) => expect(lint(template)).toEqual([expect.stringContaining('bare mustache')]),
  )

  it.each(['{{literal (lookup a b)}}', '{{> part}}', '{{#with server}}{{/with}}'])('refuses %s', (template) =>
    expect(lint(template)).toHaveLength(1),
  )

  it('accepts a writer with a value', () => {
    expect(lint('{{literal name indent=2}}')).toEqual([])
  })
})
