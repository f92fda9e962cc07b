// A document shared from the app: two guests in browsers and one with another Cowrite write in it at
// once, one of the browsers is offline for a while, and in the end all have the same.
//
//   node browser_guests.mjs COWRITE
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser, Line } from './browser.mjs'
import { App, check, difference, run, seededRandom, temporaryFolder, until } from './harness.mjs'

const [cowrite] = process.argv.slice(2)
const browser = await Browser.start()

await run('browser guests', async () => {
  const random = seededRandom()
  const file = join(temporaryFolder(), 'plan.md')
  writeFileSync(file, '# Plan\n\n- begin 😀\n')
  const host = await App.start(cowrite, temporaryFolder(), 'Hanna', ['--host', '127.0.0.1:0', file])
  const [, port, path] = /^cowrite:\/\/127\.0\.0\.1:(\d+)(\/r\/.+)$/.exec(host.address)
  const line = await Line.to(port)
  const anna = await browser.open(`http://127.0.0.1:${line.port}${path}`)
  const bert = await browser.open(`http://127.0.0.1:${port}${path}`)
  const gus = await App.start(cowrite, temporaryFolder(), 'Gus', ['--join', host.address])
  await gus.reach('online')
  for (const guest of [anna, bert]) await guest.ready()
  check(await anna.text() === '# Plan\n\n- begin 😀\n', 'the browser does not show the text')
  check(await anna.page.title() === 'plan.md – Cowrite', 'the browser does not know the title')

  // A name, and who is here.
  await anna.page.locator('#bannerName').fill('Anna')
  await anna.page.getByRole('button', { name: 'Use this name' }).click()
  await until('the host sees everybody', async () => (await host.status()).people.join() === 'Hanna,Gus,Anna,Guest' ||
    (await host.status()).people.slice().sort().join() === 'Anna,Guest,Gus,Hanna')
  await bert.page.locator('#tab-people').click()
  await bert.page.getByText('4 people').waitFor()

  // Carets both ways.
  gus.tell({ do: 'cursor', anchor: 2, head: 6 })
  const flag = anna.page.locator('.cm-remoteFlag', { hasText: 'Gus' })
  await flag.waitFor()
  await anna.page.locator('.cm-remoteSelection').first().waitFor()
  const mark = await flag.evaluate(element => getComputedStyle(element.parentElement).backgroundColor)
  check(mark !== 'rgba(0, 0, 0, 0)', 'the caret has no colour')
  await anna.caretAt(8)
  await bert.page.locator('#peopleList .person', { hasText: 'Anna' }).getByText('Line 3').waitFor()

  // Chat both ways.
  await anna.say('Seen?')
  await until('the host has the message', async () => (await host.status()).chat.some(({ name, text }) => name === 'Anna' && text === 'Seen?'))
  host.tell({ do: 'chat', text: 'Yes <b>bold</b>' })
  await until('the browsers have the answer', async () => (await anna.messages()).includes('Yes <b>bold</b>'))

  // Everybody writes at once; half-way one browser loses its connection, and gets it back.
  const writers = {
    async anna (word) { await anna.caretAt(random.below(60)); await anna.type(word) },
    async bert (word) { await bert.caretAt(random.below(60)); await bert.type(word) },
    async gus (word) { gus.tell({ do: 'insert', at: 0, text: word }) },
    async host (word) { host.tell({ do: 'insert', at: 0, text: word }) }
  }
  const words = []
  for (let step = 0; step < 40; ++step) {
    if (step === 12) {
      line.cut()
      await anna.page.getByText('You are offline.').waitFor()
    }
    await Promise.all(Object.entries(writers).map(async ([name, write]) => {
      const word = `[${name}${step}]`
      words.push(word)
      await write(word)
    }))
    if (step === 24) {
      await anna.savedIs(/^Offline: \d+ edits? saved in this browser$/)
      line.mend()
      await anna.reconnect()
    }
  }
  for (const guest of [anna, bert]) await guest.ready()
  await gus.reach('stored')

  await until('all are equal', async () => {
    const state = await host.print()
    return !difference(state, await gus.print()) && await anna.text() === state.text && await bert.text() === state.text
  })
  const { text } = await host.print()
  // Others may write into the middle of a word; no character is lost or doubled.
  const sorted = string => [...string].sort().join('')
  check(sorted(text) === sorted('# Plan\n\n- begin 😀\n' + words.join('')), 'something is lost or there twice')

  // Undo takes back my own words alone.
  await bert.caretAt(0)
  await bert.type('mine')
  host.tell({ do: 'insert', at: 0, text: 'theirs' })
  await until('both are there', async () => /theirs/.test(await bert.text()) && /mine/.test(await bert.text()))
  await bert.page.keyboard.press('Control+z')
  await until('mine is gone', async () => !/mine/.test(await bert.text()))
  check(/theirs/.test(await bert.text()), 'undo took back what somebody else wrote')

  // A click on a face goes to where somebody is, a second one stays with them until I do something.
  host.tell({ do: 'insert', at: 0, text: 'line\n'.repeat(300) })
  await until('the long text has come', async () => (await anna.text()).startsWith('line\n'.repeat(300)))
  const caretOfGus = anna.page.locator('.cm-remoteCaret', { hasText: 'Gus' })
  const isFollowing = () => anna.page.locator('#text[data-following="Following Gus"]').count()
  const face = anna.page.locator('#faces').getByRole('button', { name: /^Gus/ })
  const goTo = async offset => {
    gus.tell({ do: 'cursor', anchor: offset, head: offset })
    await anna.page.locator('#faces').getByRole('button', { name: `Gus: Line ${offset / 5 + 1}` }).waitFor()
  }
  await goTo(1000)
  await face.click()
  await caretOfGus.waitFor()
  check(await isFollowing() === 0, 'one click follows')
  await goTo(0)
  await face.click()
  await anna.page.locator('#text[data-following="Following Gus"]').waitFor()
  check(await face.getAttribute('aria-pressed') === 'true', 'the face does not say that it is followed')
  for (const offset of [1400, 50, 700]) {
    await goTo(offset)
    await until('the caret is in view', () => caretOfGus.evaluate(element => {
      const [caret, text] = [element.getBoundingClientRect(), document.getElementById('text').getBoundingClientRect()]
      return caret.top >= text.top && caret.bottom <= text.bottom
    }).catch(() => false))
  }
  await anna.checkForEverybody('following')
  await anna.page.locator('.cm-content').press('ArrowDown')
  check(await isFollowing() === 0, 'a key does not end it')
  await face.click()
  await face.click()
  await anna.page.locator('#text[data-following="Following Gus"]').waitFor()
  await anna.page.mouse.move(300, 400)
  await anna.page.mouse.wheel(0, 300)
  await until('scrolling ends it', async () => await isFollowing() === 0)
  await anna.page.locator('#connection', { hasText: /^Round trip \d+ ms$/ }).waitFor()

  await bert.ready()
  // For everybody: every part, light and dark, wide and narrow.
  for (const colorScheme of ['light', 'dark']) {
    await bert.page.emulateMedia({ colorScheme })
    for (const viewport of [{ width: 1058, height: 800 }, { width: 390, height: 800 }]) {
      await bert.page.setViewportSize(viewport)
      for (const tab of ['chat', 'people']) {
        await bert.page.locator(`#tab-${tab}`).click()
        if (tab === 'people') await bert.page.getByRole('button', { name: 'Change…' }).click()
        await bert.checkForEverybody(`${colorScheme}, ${viewport.width}, ${tab}`)
        if (tab === 'people') await bert.page.getByRole('button', { name: 'Change…' }).click()
      }
    }
  }
  // And without a mouse: from the tabs into the list of people, and to where somebody is.
  await bert.page.locator('#tab-chat').focus()
  await bert.page.keyboard.press('ArrowRight')
  check(await bert.page.evaluate(() => document.activeElement.id) === 'tab-people', 'the arrow keys do not change the tab')
  const reached = []
  for (let step = 0; step < 5 && reached.at(-1) !== 'go'; ++step) {
    await bert.page.keyboard.press('Tab')
    reached.push(await bert.page.evaluate(() => document.activeElement.className))
  }
  check(reached.at(-1) === 'go', `the keyboard does not reach the people, only ${reached.join(', ')}`)
  for (const guest of [anna, bert]) guest.checkWellBehaved()
  await gus.end()
  await host.end()
  await browser.close()
})
