/** Hands `text` to the person as a file called after `title`. */
export function saveFile (title: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = /\.\w+$/.test(title) ? title : `${title || 'Document'}.md`
  link.click()
  setTimeout(() => { URL.revokeObjectURL(address) }, 60_000)
}
