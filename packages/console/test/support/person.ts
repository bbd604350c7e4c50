import type { BrowserContext, Page } from 'playwright-core'

/** What a person does in the login window that a click opens. */
export async function inLoginWindow(
  context: BrowserContext,
  open: () => Promise<void>,
  act: (window: Page) => Promise<void>,
): Promise<void> {
  const [window] = await Promise.all([context.waitForEvent('page'), open()])
  const closed = window.waitForEvent('close')
  await act(window)
  await closed
}

export async function allow(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Allow' }).click()
}

/** Logs in by the form of the console, through login page and consent page. */
export async function logIn(
  context: BrowserContext,
  page: Page,
  user: string,
  scopes: readonly string[] = [],
): Promise<void> {
  await page.getByRole('button', { name: 'Log in …' }).click()
  await page.getByLabel('User').fill(user)
  for (const scope of scopes) await page.getByRole('checkbox', { name: scope }).check()
  await inLoginWindow(
    context,
    () => page.getByRole('button', { name: 'Log in', exact: true }).click(),
    async (window) => {
      await window.getByRole('button', { name: user }).click()
      await allow(window)
    },
  )
  await page.getByRole('radio', { name: user, checked: true }).waitFor()
}

/** Opens everything that is folded away. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
}
