import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser of this machine, or `undefined` when none is installed, so that a test can say that it was skipped. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = await findChromium()
  // Where no name in PATH leads to one, playwright knows the places of Chrome on macOS and Windows.
  const which = executablePath === undefined ? { channel: 'chrome' } : { executablePath }
  const launched = chromium.launch({
    ...which,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  return executablePath === undefined ? launched.catch(() => undefined) : launched
}

async function findChromium(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name)
      if (
        await access(path).then(
          () => true,
          () => false,
        )
      )
        return path
    }
  }
  return undefined
}

/** A page, and everything that must never happen on it. */
export interface Watched {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of scripts, complaints in the console (a violated policy is one), requests to anybody else. */
  readonly faults: string[]
}

/** Statuses that the console provokes on purpose, which browsers write down as errors. */
const wanted = /status of (401|403|400|404)/

export async function openWatched(
  browser: Browser,
  origins: readonly string[],
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !wanted.test(message.text())) faults.push(message.text())
  })
  context.on('request', (request) => {
    if (!origins.some((origin) => request.url().startsWith(`${origin}/`))) faults.push(`request: ${request.url()}`)
  })
  return { context, page: await context.newPage(), faults }
}

interface AxeResult {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string }

/** Serious and critical faults that axe finds on a page as it is now. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // By the debugger: the page's policy would not let it in.
  await page.evaluate(axe)
  const violations = (await page.evaluate('axe.run(document).then(({ violations }) => violations)')) as AxeResult[]
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join('\n')}`,
    )
}
