// A form that is being sent is not sent again by a second tap. The server makes sure of it anyway; this spares the wait.
// Without a connection the form stays, and says so: the browser's own page would take away what was just written.
const BUSY_MS = 8000

export function guardSending (page) {
  page.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    const form = event.target
    if (form.dataset.tfSending || (!navigator.onLine && tellOffline(page, form, event.submitter))) {
      event.preventDefault()
      return
    }
    form.dataset.tfSending = 'yes'
    event.submitter?.setAttribute('aria-busy', 'true')
    setTimeout(() => rest(form, event.submitter), BUSY_MS)
  })
  window.addEventListener('online', () => page.querySelector('[data-tf-told]')?.remove())
  // Coming back with Back must find a form that can be sent.
  window.addEventListener('pageshow', () => page.querySelectorAll('[data-tf-sending]').forEach((form) => rest(form)))
}

function rest (form, submitter) {
  delete form.dataset.tfSending
  const busy = submitter ? [submitter] : form.querySelectorAll('[aria-busy]')
  busy.forEach((button) => button.removeAttribute('aria-busy'))
}

// Whether it was told, beside the button that was pressed. The ways out of the page, outside of main, are never stopped.
function tellOffline (page, form, submitter) {
  if (!form.closest('main')) return false
  page.querySelector('[data-tf-told]')?.remove()
  const told = page.createElement('p')
  told.className = 'tf-card'
  told.setAttribute('role', 'alert')
  told.dataset.tfTold = ''
  told.textContent = page.body.dataset.tfOffline
  ;(submitter?.closest('.govuk-button-group') ?? submitter ?? form.lastChild).before(told)
  return true
}
