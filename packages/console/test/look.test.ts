import { expect, it } from 'vitest'
import { accessibilityFaults, openWatched, startBrowser } from './support/browser.js'
import { varietyState } from './support/state.js'
import { startWorld } from './support/world.js'

it('looks', async () => {
  const world = await startWorld()
  const browser = await startBrowser()
  if (!browser) return
  for (const scheme of ['light', 'dark'] as const) {
    const { page, faults, context } = await openWatched(browser, [world.origin, world.issuer], { colorScheme: scheme })
    await page.goto(world.origin)
    await page.waitForSelector('h1')
    const shot = (name: string) => page.screenshot({ path: `/tmp/look/${scheme}-${name}.png`, fullPage: true })
    await shot('tools')
    await page.goto(`${world.origin}/#call/tools/create_note`)
    await page.getByRole('button', { name: 'Call create_note' }).click()
    await page.getByText('401 Unauthorized').waitFor()
    await shot('call-401')
    await page.getByRole('button', { name: 'Log in …' }).click()
    await shot('login-form')
    await page.getByLabel('User').fill('ada')
    const popupPromise = context.waitForEvent('page')
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    const popup = await popupPromise
    await popup.waitForSelector('h1')
    await popup.screenshot({ path: `/tmp/look/${scheme}-popup-login.png` })
    await popup.getByRole('button', { name: 'ada' }).click()
    await popup.getByRole('button', { name: 'Allow' }).click()
    await page.getByText('ada is logged in').first().waitFor()
    await shot('logged-in')
    await page.getByLabel('title').fill('Groceries')
    await page.getByLabel('text').fill('Tea, bread, lemons')
    await page.getByRole('button', { name: 'Call create_note' }).click()
    await page.getByText('403 Forbidden').waitFor()
    await shot('call-403')
    const popup2 = context.waitForEvent('page')
    await page.getByRole('button', { name: /^Step up/ }).click()
    const p2 = await popup2
    await p2.waitForSelector('h1')
    await p2.screenshot({ path: `/tmp/look/${scheme}-popup-consent.png` })
    const allow = p2.getByRole('button', { name: 'Allow' })
    await allow.click()
    await page.getByText('200 OK').waitFor()
    await shot('call-200')
    for (const view of ['access', 'decisions', 'connect']) {
      await page.getByRole('link', { name: new RegExp(`^${view}`, 'i') }).click()
      await page.waitForTimeout(100)
      await shot(view)
    }
    world.console.send({ type: 'state', state: varietyState(world) })
    await page.goto(`${world.origin}/#call/tools/search`)
    await page.waitForTimeout(200)
    await shot('variety-form')
    await page.goto(`${world.origin}/#access`)
    await page.waitForTimeout(200)
    await shot('variety-access')
    console.log(scheme, faults)
    console.log(await accessibilityFaults(page))
    await page.setViewportSize({ width: 360, height: 740 })
    for (const view of ['tools', 'access', 'call', 'decisions', 'connect', 'connect/claude-ai']) {
      await page.goto(`${world.origin}/#${view}`)
      await page.waitForTimeout(200)
      await shot(`360-${view.replace('/', '-')}`)
      console.log(view, await page.evaluate('[document.documentElement.scrollWidth, innerWidth]'))
    }
  }
  await browser.close()
  await world.close()
}, 60000)
