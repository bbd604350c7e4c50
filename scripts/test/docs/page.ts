import GithubSlugger from 'github-slugger'
import { lexer, type Token, type Tokens } from 'marked'

/** A fenced block of a page. */
export interface Block {
  readonly language: string
  readonly text: string
  /** The file that a comment before it names: `<!-- file: path -->`. */
  readonly file: string | undefined
}

/** A page of Markdown, as far as the rules ask. */
export interface Page {
  /** Its path in the repository, with `/`. */
  readonly name: string
  readonly blocks: readonly Block[]
  /** Where its links lead, as they are written. */
  readonly links: readonly string[]
  /** What `#…` may follow its address, as GitHub makes it from headings. */
  readonly anchors: ReadonlySet<string>
  /** The first cell of every row of its tables. */
  readonly firstCells: readonly string[]
}

export function readPage(name: string, text: string): Page {
  const blocks: Block[] = []
  const links: string[] = []
  const anchors = new Set<string>()
  const firstCells: string[] = []
  const slugger = new GithubSlugger()

  function visit(tokens: readonly Token[]): void {
    for (const [index, token] of tokens.entries()) {
      if (token.type === 'code') blocks.push(readBlock(token as Tokens.Code, tokens[index - 1]))
      if (token.type === 'heading') anchors.add(slugger.slug(plainText(token)))
      if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href)
      if (token.type === 'table') {
        const { header, rows } = token as Tokens.Table
        firstCells.push(...rows.map(([cell]) => cell?.text ?? ''))
        visit([...header, ...rows.flat()].flatMap((cell) => cell.tokens))
      }
      if (token.type === 'list') for (const item of (token as Tokens.List).items) visit(item.tokens)
      else if ('tokens' in token && token.tokens) visit(token.tokens)
    }
  }

  visit(lexer(text.replaceAll('\r\n', '\n')))
  return { name, blocks, links, anchors, firstCells }
}

function readBlock({ lang, text }: Tokens.Code, before: Token | undefined): Block {
  const [, file] = /^<!-- file: (\S+) -->\s*$/.exec(before?.type === 'html' ? before.raw : '') ?? []
  return { language: lang?.split(' ', 1)[0] ?? '', text: `${text}\n`, file }
}

function plainText(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plainText).join('')
  return 'text' in token ? String(token.text) : ''
}
