// `mcp-gen dev` as a person has it: the real console of a real project, in a real browser.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openWatched, startBrowser } from '../../../console/test/support/browser.js'
import { allow, inLoginWindow } from '../../../console/test/support/person.js'
import { copyOf, get, put, testDirectory } from '../support/project.js'
import { liveDev } from './support/dev.js'

const HELLO = join(testDirectory, '..', '..', '..', 'examples', 'hello')

const browser = await startBrowser()
if (!browser) console.warn('skipped: mcp-gen dev in a browser, because no Chromium is installed')
afterAll(() => browser?.close())

describe.skipIf(!browser)('the console that mcp-gen dev starts', () => {
  it('logs in, steps up and shows what was saved, while whoever is logged in stays logged in', async () => {
    if (!browser) throw new Error('no browser')
    const project = copyOf(HELLO)
    rmSync(join(project, '.mcp-secure'), { recursive: true, force: true })
    const dev = await liveDev(project)
    await dev.event('ready')
    const { issuer } = await metadata(dev.resource)
    const { context, page, faults } = await openWatched(browser, [dev.origin, issuer])

    await page.goto(`${dev.origin}/#call/tools/greet`)
    await page.getByLabel('name', { exact: true }).fill('Ada')
    await page.getByRole('button', { name: 'Call greet' }).click()
    await page.locator('.run[open] .chip.status', { hasText: '401 Unauthorized' }).waitFor()
    await inLoginWindow(
      context,
      () => page.getByRole('button', { name: 'Log in for greet:person' }).click(),
      async (window) => {
        await window.getByRole('button', { name: 'ada' }).click()
        await allow(window)
      },
    )
    await page.getByText('Hello Ada, ada says hi.').first().waitFor()

    await page.getByRole('combobox', { name: 'Name' }).selectOption('tools/greet_world')
    await page.getByRole('button', { name: 'Call greet_world' }).click()
    await page.locator('.run[open] .chip.status', { hasText: '403 Forbidden' }).waitFor()
    await inLoginWindow(
      context,
      () => page.getByRole('button', { name: /^Step up for / }).click(),
      (window) => allow(window),
    )
    await page.getByText('Hello, world.').first().waitFor()

    const source = get(project, 'mcp/tools/greet-world.ts')
    put(project, 'mcp/tools/greet-world.ts', source.replace('Hello, world.', 'Good morning, world.'))
    await dev.event('build', ({ status }) => status === 'live', dev.events.length)
    await page.getByRole('button', { name: 'Call greet_world' }).click()
    await page.getByText('Good morning, world.').first().waitFor()
    expect(await page.getByRole('radio', { name: 'ada' }).isChecked()).toBe(true)

    await context.close()
    expect(faults).toEqual([])
  })
})

async function metadata(resource: string): Promise<{ readonly issuer: string }> {
  const { origin, pathname } = new URL(resource)
  const response = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`)
  const { authorization_servers: servers } = (await response.json()) as { authorization_servers: readonly string[] }
  return { issuer: new URL(servers[0] as string).origin }
}
