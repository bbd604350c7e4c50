// The console in a real browser, against the notes example and its authorization server.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Decision } from '../src/definition.js'
import { accessibilityFaults, openWatched, startBrowser, type Watched } from './support/browser.js'
import { allow, inLoginWindow, logIn, unfold } from './support/person.js'
import { picture } from './support/pictures.js'
import { CONDITIONS, notesState, varietyState } from './support/state.js'
import { startWorld, type World } from './support/world.js'

const browser = await startBrowser()
if (!browser) console.warn('skipped: the console in a browser, because no Chromium is installed')
afterAll(() => browser?.close())

describe.skipIf(!browser)('the console', () => {
  let world: World
  let watched: Watched
  let page: Watched['page']

  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  beforeEach(async () => {
    watched = await open()
    page = watched.page
  })
  afterEach(async () => {
    await watched.context.close()
    expect(watched.faults).toEqual([])
  })

  const byNumber = () => world.origin.replace('localhost', '127.0.0.1')

  async function open(options: Parameters<typeof openWatched>[2] = {}): Promise<Watched> {
    if (!browser) throw new Error('no browser')
    return openWatched(browser, [world.origin, byNumber(), world.issuer], options)
  }

  async function visit(hash = '', to = page): Promise<void> {
    await to.goto(`${world.origin}/${hash}`)
    await to.getByRole('heading', { level: 1 }).waitFor()
  }

  const call = (name: string) => page.getByRole('button', { name: `Call ${name}` }).click()
  const status = (text: string) => page.locator('.run[open] .chip.status', { hasText: text })

  describe('calls', () => {
    it('without a token meet the challenge, in its parts, and are offered a login', async () => {
      await visit('#call/tools/list_notes')
      await call('list_notes')
      await status('401 Unauthorized').waitFor()
      const challenge = page.locator('.challenge')
      expect(await challenge.innerText()).toContain(`${world.origin}/.well-known/oauth-protected-resource/mcp`)
      expect(await challenge.innerText()).toContain('notes:read')
      await page.getByText('No token came with it.').waitFor()
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Log in for notes:read' }).click(),
        async (window) => {
          await window.getByRole('button', { name: 'grace' }).click()
          await allow(window)
        },
      )
      await status('200 OK').waitFor()
      expect(await page.getByRole('group', { name: 'Structured content of tools/call' }).innerText()).toContain(
        '"notes"',
      )
      expect(await page.getByRole('radio', { name: 'grace' }).isChecked()).toBe(true)
    })

    it('that lack a scope are refused, stepped up by a click, repeated and answered; no token is ever shown or kept', async () => {
      const secrets: string[] = []
      watched.context.on('response', async (response) => {
        if (!response.url().startsWith(`${world.issuer}/token`)) return
        const body = (await response.json()) as Record<string, unknown>
        for (const name of ['access_token', 'id_token', 'refresh_token'])
          if (body[name]) secrets.push(String(body[name]))
      })
      await visit('#call/tools/create_note')
      await logIn(watched.context, page, 'ada')
      await page.getByLabel('title').fill('Groceries')
      await page.getByLabel('text').fill('Tea, bread, lemons')
      await call('create_note')
      await status('403 Forbidden').waitFor()
      expect(await page.locator('.run[open] .challenge').innerText()).toContain('insufficient_scope')
      await picture(page, 'step-up')
      await pictureForDocs()
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Step up for notes:read notes:write' }).click(),
        async (window) => {
          expect(await window.getByRole('heading', { level: 1 }).innerText()).toContain('Allow mcp-secure console')
          expect(await window.getByText('Logged in as ada').count()).toBe(1)
          await picture(window, 'step-up-consent')
          await allow(window)
        },
      )
      await status('200 OK').waitFor()
      expect(await page.locator('.run[open] .chip.status').allInnerTexts()).toEqual(['403 Forbidden', '200 OK'])
      expect(await page.getByRole('group', { name: 'Structured content of tools/call' }).innerText()).toMatch(
        /"id": "[0-9a-f-]{36}"/,
      )
      await picture(page, 'stepped-up')

      await page.getByLabel('Name').selectOption('tools/list_notes')
      await call('list_notes')
      await page.getByText('"Groceries"').first().waitFor()
      await unfold(page)
      const seen = `${await page.content()} ${await page.locator('body').innerText()} ${page.url()}`
      const kept = await page.evaluate(
        'Promise.resolve(indexedDB.databases()).then((bases) => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, bases, document.cookie, history.state]))',
      )
      expect(secrets.length).toBeGreaterThanOrEqual(2)
      for (const secret of secrets) {
        expect(seen).not.toContain(secret)
        expect(kept).not.toContain(secret)
      }
      expect(kept).toBe('[{},{},[],"",null]')
      expect(seen).toContain('Bearer ••••')
      const cookies = await watched.context.cookies()
      expect(cookies.filter(({ value }) => secrets.includes(value))).toEqual([])
    })

    it('go with the token of whoever is chosen, and each user has their own notes', async () => {
      await visit('#call/tools/create_note')
      await logIn(watched.context, page, 'ada', ['notes:write'])
      await page.getByLabel('title').fill('Only for ada')
      await call('create_note')
      await status('200 OK').waitFor()
      await page.getByRole('button', { name: 'Log in …' }).click()
      await page.getByLabel('User').fill('grace')
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Log in', exact: true }).click(),
        async (window) => {
          // ada is still logged in there, and another user was asked for: the page is shown, and grace suggested.
          expect(await window.getByRole('button', { name: 'grace' }).innerText()).toContain('suggested by the program')
          await window.getByRole('button', { name: 'grace' }).click()
          await allow(window)
        },
      )
      await page.getByRole('radio', { name: 'grace', checked: true }).waitFor()
      await page.getByLabel('Name').selectOption('tools/list_notes')
      const notes = page.locator('.run[open]').getByRole('group', { name: 'Structured content of tools/call' })
      await call('list_notes')
      await page.locator('.run[open]', { hasText: 'as grace' }).getByText('200 OK').waitFor()
      expect(await notes.innerText()).not.toContain('Only for ada')
      await page.getByRole('radio', { name: 'ada' }).check()
      await call('list_notes')
      await page.locator('.run[open]', { hasText: 'as ada' }).getByText('200 OK').waitFor()
      expect(await notes.innerText()).toContain('Only for ada')
      await page.getByRole('button', { name: 'Forget the token of ada' }).click()
      expect(await page.getByRole('radio', { name: 'No token' }).isChecked()).toBe(true)
      expect(await page.getByRole('radio', { name: 'ada' }).count()).toBe(0)
    })

    it('are kept under the name of whoever really logged in', async () => {
      await visit('#call')
      await page.getByRole('button', { name: 'Log in …' }).click()
      await page.getByLabel('User').fill('ada')
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Log in', exact: true }).click(),
        async (window) => {
          await window.getByLabel('Another user name').fill('linus')
          await window.getByRole('button', { name: 'Continue' }).click()
          await allow(window)
        },
      )
      await page.getByRole('radio', { name: 'linus', checked: true }).waitFor()
      expect(await page.getByRole('radio', { name: 'ada' }).count()).toBe(0)
    })

    it('show what a tool and what the protocol answer to wrong input, which can be sent on purpose', async () => {
      await visit('#call/tools/read_note')
      await logIn(watched.context, page, 'ada')
      await page.getByLabel('id').fill('00000000-0000-0000-0000-000000000000')
      await call('read_note')
      await page.getByText('The tool says that it failed (isError)').waitFor()
      expect(await page.locator('.result').innerText()).toContain('You have no note')
      await page.getByLabel('id').fill('no uuid')
      await page.getByText('Now: no uuid').waitFor()
      await call('read_note')
      await page.locator('.run[open] .wrong').waitFor()
      await page.getByRole('tab', { name: 'JSON' }).click()
      const editor = page.getByLabel('Arguments as JSON')
      expect(await editor.inputValue()).toContain('"no uuid"')
      await editor.fill('{ not json')
      await call('read_note')
      await page.getByRole('alert').getByText('This is not JSON, so it cannot be sent').waitFor()
      await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
      await editor.fill('{ "id": 7, "more": [true] }')
      await call('read_note')
      await page.locator('.run[open] .wrong').waitFor()
      await unfold(page)
      expect(await page.getByRole('group', { name: 'Body of the request tools/call' }).first().innerText()).toContain(
        '"more"',
      )
    })

    it('work under another name of this computer as well', async () => {
      await page.goto(`${byNumber()}/#call/tools/list_notes`)
      await call('list_notes')
      await status('401 Unauthorized').waitFor()
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Log in for notes:read' }).click(),
        async (window) => {
          await window.getByRole('button', { name: 'ada' }).click()
          await allow(window)
        },
      )
      await status('200 OK').waitFor()
    })

    it('of the older revision shake hands first', async () => {
      await visit('#call/tools/list_notes')
      await logIn(watched.context, page, 'ada')
      await page.getByLabel('Protocol').selectOption('2025-11-25')
      await call('list_notes')
      await page.locator('.run[open]').getByRole('group', { name: 'Structured content of tools/call' }).waitFor()
      expect(await page.locator('.run[open] .step .line strong').allInnerTexts()).toEqual([
        'initialize',
        'initialized',
        'tools/call',
      ])
    })
  })

  describe('logins', () => {
    it('that are denied or closed are told in words and give no token', async () => {
      await visit('#call')
      const begin = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Log in …' }).click()
        await page.getByLabel('User').fill('ada')
      }
      const go = () => page.getByRole('button', { name: 'Log in', exact: true }).click()
      await begin()
      await inLoginWindow(watched.context, go, async (window) => {
        await window.getByRole('button', { name: 'ada' }).click()
        await window.getByRole('button', { name: 'Deny' }).click()
      })
      await page.locator('.run[open]').getByText('The request was denied on the consent page.').waitFor()
      await begin()
      await inLoginWindow(watched.context, go, async (window) => {
        await window.getByRole('heading', { level: 1 }).waitFor()
        await window.close()
      })
      await page.locator('.run[open]').getByText('The login window was closed before the login was done.').waitFor()
      expect(await page.getByRole('radio').count()).toBe(1)
    })

    it('take no answer that somebody else began, nor one of another issuer', async () => {
      await visit('#call')
      await page.getByRole('button', { name: 'Log in …' }).click()
      await page.getByLabel('User').fill('ada')
      await inLoginWindow(
        watched.context,
        () => page.getByRole('button', { name: 'Log in', exact: true }).click(),
        async (window) => {
          await window.getByRole('heading', { level: 1 }).waitFor()
          await forge('?code=stolen&state=guessed')
          expect(await page.locator('.run[open]').getByText('Waiting').count()).toBe(1)
          const state = new URL(await authorizationRequest()).searchParams.get('state')
          await forge(`?code=stolen&state=${state}&iss=${encodeURIComponent('https://evil.example')}`)
        },
      )
      await page.locator('.run[open] .step.bad').waitFor()
      expect(await page.locator('.run[open]').innerText()).toContain('iss')
      expect(await page.getByRole('radio').count()).toBe(1)
    })

    it('of a server that has forgotten this page fail once, and then work again', async () => {
      await visit('#call/tools/list_notes')
      await logIn(watched.context, page, 'ada')
      await world.forgetLogins()
      await call('list_notes')
      await status('401 Unauthorized').waitFor()
      await page.locator('.run[open]').getByText('The token is not good').waitFor()
      const again = () => page.getByRole('button', { name: 'Log in for notes:read' }).click()
      await inLoginWindow(watched.context, again, async (window) => {
        await window.getByText('This program is not known here').waitFor()
        await window.close()
      })
      await page.locator('.run[open]').getByText('The login window was closed').waitFor()
      await inLoginWindow(watched.context, again, async (window) => {
        await window.getByRole('button', { name: 'ada' }).click()
        await allow(window)
      })
      await status('200 OK').waitFor()
    })

    const requests: string[] = []
    beforeEach(() => {
      requests.length = 0
      watched.context.on('request', (request) => requests.push(request.url()))
    })
    const authorizationRequest = async (): Promise<string> =>
      requests.find((url) => url.startsWith(`${world.issuer}/auth?`)) ?? ''
    const forge = (answer: string) =>
      page.evaluate(
        `{ const channel = new BroadcastChannel('mcp-secure-console-login'); channel.postMessage('${answer}'); channel.close() }`,
      )

    it('ask with PKCE, the resource, the scopes that were ticked and the user as a hint', async () => {
      await visit('#call')
      await logIn(watched.context, page, 'ada', ['notes:write'])
      const asked = new URL(await authorizationRequest()).searchParams
      expect(Object.fromEntries(asked)).toMatchObject({
        response_type: 'code',
        code_challenge_method: 'S256',
        resource: world.resource,
        redirect_uri: `${world.origin}/console/callback`,
        login_hint: 'ada',
        scope: 'openid notes:read notes:write',
      })
      expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    })
  })

  describe('what happens meanwhile', () => {
    it('shows decisions as they are made, of one kind when asked to, and waits when paused', async () => {
      await visit('#decisions')
      const rows = page.locator('.decisions li')
      const before = await rows.count()
      tell({ id: 'a', name: 'delete_note', outcome: 'refused', reason: 'insufficient-scope' })
      await rows.filter({ hasText: 'delete_note' }).waitFor()
      expect(await rows.first().innerText()).toMatch(/refused[\s\S]*delete_note[\s\S]*insufficient-scope/)
      tell({ id: 'b', name: 'list_notes', outcome: 'allowed', reason: 'answered' })
      await rows.filter({ hasText: 'list_notes' }).first().waitFor()
      expect(await rows.count()).toBe(before + 2)
      await page.getByRole('radio', { name: 'Refused' }).check()
      expect(await rows.filter({ hasText: 'allowed' }).count()).toBe(0)
      await page.getByRole('radio', { name: 'All', exact: true }).check()
      await page.getByRole('button', { name: 'Pause' }).click()
      tell({ id: 'c', name: 'crash', outcome: 'failed', reason: 'failed' })
      await page.getByText('1 more since').waitFor()
      expect(await rows.filter({ hasText: 'crash' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Pause', pressed: true }).click()
      await rows.filter({ hasText: 'crash' }).waitFor()
    })

    it('shows the decision about a call of its own', async () => {
      await visit('#call/tools/list_notes')
      await call('list_notes')
      await status('401 Unauthorized').waitFor()
      await page.getByRole('link', { name: 'Decisions' }).click()
      await page.locator('.decisions li', { hasText: 'token-missing' }).first().waitFor()
    })

    it('shows a failed build with its places, keeps what was typed, and is rid of it when it is live again', async () => {
      await visit('#call/tools/create_note')
      await page.getByLabel('title').fill('half typed')
      const state = notesState(world)
      const place = 'mcp/tools/create-note.ts:7:12'
      const finding = {
        place,
        severity: 'error',
        code: 'unknown-scope',
        message: 'There is no scope notes:wirte.',
        fix: 'Write notes:write.',
      } as const
      world.console().send({
        type: 'state',
        state: { ...state, build: { status: 'failed', milliseconds: 90, findings: [finding] } },
      })
      const panel = page.getByRole('region', { name: 'The last build failed' })
      await panel.getByText('There is no scope notes:wirte.').waitFor()
      await page.evaluate('scrollTo(0, document.body.scrollHeight)')
      expect(await inSight(page.getByText('Build failed', { exact: true }))).toBe(true)
      expect(await panel.getByRole('link', { name: place }).getAttribute('href')).toBe(
        `vscode://file/home/you/notes/${place}`,
      )
      await picture(page, 'build-failed')
      world.console().send({ type: 'state', state })
      await panel.waitFor({ state: 'detached' })
      expect(await page.getByLabel('title').inputValue()).toBe('half typed')
    })

    it('outlives a restart of the console, with its logins', async () => {
      await visit('#call/tools/list_notes')
      await logIn(watched.context, page, 'ada')
      const restarted = world.restartConsole()
      await page.getByText('The connection to mcp-gen dev is lost').waitFor()
      await restarted
      await page.getByText('The connection to mcp-gen dev is lost').waitFor({ state: 'detached' })
      await call('list_notes')
      await status('200 OK').waitFor()
      // A connection that broke is what this is about; the browser writes it down.
      const broken = watched.faults.filter((fault) => /ERR_INCOMPLETE|ERR_EMPTY|ERR_CONNECTION/.test(fault))
      for (const fault of broken) watched.faults.splice(watched.faults.indexOf(fault), 1)
    })

    it('asks to be loaded anew when the issuer is another one', async () => {
      await visit()
      world.console().send({ type: 'state', state: notesState({ ...world, issuer: 'http://localhost:1' }) })
      await page.getByText('The server now has another authorization server.').waitFor()
      world.console().send({ type: 'state', state: notesState(world) })
      await page.getByText('The server now has another authorization server.').waitFor({ state: 'detached' })
    })

    async function inSight(what: ReturnType<Watched['page']['locator']>): Promise<boolean> {
      const box = await what.boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 800
    }

    function tell(part: Pick<Decision, 'id' | 'name' | 'outcome' | 'reason'>): void {
      const rest = {
        at: new Date().toISOString(),
        method: 'tools/call',
        subject: 'ada',
        needed: ['notes:write'],
        held: ['notes:read'],
      }
      world.console().send({ type: 'decision', decision: { ...rest, ...part, status: 403, milliseconds: 2 } })
    }
  })

  describe('by keyboard alone', () => {
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
    const focused = () => page.evaluate('document.activeElement.textContent.trim()') as Promise<string>
    const tabTo = async (text: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await press('Tab')
        if ((await focused()).startsWith(text)) return
      }
      throw new Error(`${text} is not reached by Tab`)
    }

    it('a person skips to the content, changes the view, calls, and logs in', async () => {
      await visit()
      await press('Tab')
      expect(await focused()).toBe('Skip to the content')
      await press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
      await visit()
      await tabTo('Call')
      await press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Call' }).waitFor()
      await expect.poll(focused).toBe('Call')
      await tabTo('Log in …')
      await press('Enter')
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('login-user')
      await press('Escape')
      await expect.poll(focused).toBe('Log in …')
      await press('Enter')
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('login-user')
      await page.keyboard.type('ada')
      await inLoginWindow(
        watched.context,
        () => press('Enter'),
        async (window) => {
          await window.getByRole('button', { name: 'ada' }).press('Enter')
          await window.getByRole('button', { name: 'Allow' }).press('Enter')
        },
      )
      await page.getByRole('radio', { name: 'ada', checked: true }).waitFor()
      await expect.poll(focused).toBe('Log in …')
      await tabTo('Form')
      await press('ArrowRight')
      expect(await focused()).toBe('JSON')
      await press('Tab')
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('{"title":"By keyboard","text":""}')
      await tabTo('Call create_note')
      await press('Enter')
      await status('403 Forbidden').waitFor()
      await tabTo('Step up')
      await inLoginWindow(
        watched.context,
        () => press('Enter'),
        async (window) => {
          await window.getByRole('button', { name: 'Allow' }).press('Enter')
        },
      )
      await status('200 OK').waitFor()
      expect(await focused()).toContain('create_note')
    })
  })

  it('stays where it is when another tool is chosen by its arrow keys, and keeps what was typed for each', async () => {
    await visit('#call/tools/create_note')
    await page.getByLabel('title').fill('kept')
    await page.getByLabel('Name').focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Call delete_note' }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SELECT')
    await page.getByLabel('id', { exact: true }).fill('other')
    await page.getByLabel('Name').selectOption('tools/create_note')
    expect(await page.getByLabel('title').inputValue()).toBe('kept')
  })

  it('shows what is asked for besides scopes where it shows scopes, and nothing where there is nothing', async () => {
    await visit('#tools')
    world.console().send({ type: 'state', state: varietyState(world) })
    const conditions = page.getByRole('list', { name: 'Besides, for export_everything' }).getByRole('listitem')
    const tool = page.getByRole('article', { name: 'export_everything' })
    await tool.waitFor()
    expect(await tool.getByRole('listitem').allInnerTexts()).toEqual(CONDITIONS)
    expect(await page.getByRole('list', { name: /^Besides/ }).count()).toBe(1)
    await page.getByRole('link', { name: 'Access' }).click()
    const row = page.getByRole('row', { name: /export_everything/ })
    await row.waitFor()
    expect(await row.getByRole('rowheader').getByRole('listitem').allInnerTexts()).toEqual(CONDITIONS)
    expect(await page.getByRole('list', { name: /^Besides/ }).count()).toBe(1)
    await visit('#call/tools/export_everything')
    expect(await conditions.allInnerTexts()).toEqual(CONDITIONS)
    await page.getByLabel('Name').selectOption('tools/search')
    await conditions.first().waitFor({ state: 'detached' })
    world.console().send({ type: 'state', state: notesState(world) })
  })

  it('copies what is to be pasted, and says so', async () => {
    await watched.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await visit('#connect/claude-code')
    await page.getByRole('button', { name: 'Copy the command' }).click()
    await page.getByRole('status').getByText('Copied the command').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `claude mcp add --transport http notes ${world.resource}`,
    )
  })

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    const addresses = [
      '#tools',
      '#access',
      '#call/tools/search',
      '#decisions',
      '#connect/claude-code',
      '#connect/claude-ai',
      '#connect/vs-code',
    ]

    it.each([
      [1280, 800],
      [360, 740],
    ])('no view has a serious fault or is wider than %i pixels', async (width, height) => {
      const { page: other, context, faults } = await open({ colorScheme, viewport: { width, height } })
      await visit('', other)
      const finding = {
        place: 'mcp/tools/a-tool-with-a-long-name.ts:6',
        severity: 'warning',
        code: 'x',
        message: 'A warning',
      } as const
      world.console().send({
        type: 'state',
        state: { ...varietyState(world), build: { status: 'live', milliseconds: 1234, findings: [finding] } },
      })
      await other.getByText('Live after 1.2 s').waitFor()
      for (const address of addresses) {
        await visit(address, other)
        await unfold(other)
        if (address.startsWith('#call')) await fillIn(other)
        await picture(other, `${colorScheme}-${width}-${address.replace(/\W+/g, '-')}`)
        expect(await accessibilityFaults(other), address).toEqual([])
        expect(await other.evaluate('document.documentElement.scrollWidth'), address).toBeLessThanOrEqual(width)
      }
      world.console().send({ type: 'state', state: notesState(world) })
      await context.close()
      expect(faults).toEqual([])
    })
  })

  /** Something in every corner of the call view. */
  async function fillIn(to: Watched['page']): Promise<void> {
    await to.getByRole('button', { name: 'Add to tags' }).click()
    await to.getByRole('checkbox', { name: 'Give it' }).check()
    await to.getByLabel('Which one').selectOption({ label: 'In a folder' })
    await to.getByLabel('limit').fill('99')
    await to.getByRole('button', { name: 'Log in …' }).click()
    await to.getByRole('button', { name: 'Call search' }).click()
    await to.getByText('401 Unauthorized').waitFor()
    await unfold(to)
  }

  /** The picture of the README, with the ports that `mcp-gen dev` has. */
  async function pictureForDocs(): Promise<void> {
    const ports = { [new URL(world.origin).port]: '3000', [new URL(world.issuer).port]: '4000' }
    await page.evaluate(`{
      const ports = ${JSON.stringify(ports)}
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (const [port, shown] of Object.entries(ports)) {
        texts.currentNode = document.body
        while (texts.nextNode()) {
          const text = texts.currentNode
          if (text.data.includes('localhost:' + port)) text.data = text.data.replace('localhost:' + port, 'localhost:' + shown)
        }
      }
    }`)
    await page.evaluate('scrollTo(0, 0)')
    await picture(page, 'console', { whole: false })
  }
})
