// A form that is being sent is not sent again by a second tap. The server makes sure of it anyway; this spares the wait.
const BUSY_MS = 8000

export function guardSending (page) {
  page.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    const form = event.target
    if (form.dataset.tfSending) {
      event.preventDefault()
      return
    }
    form.dataset.tfSending = 'yes'
    event.submitter?.setAttribute('aria-busy', 'true')
    setTimeout(() => rest(form, event.submitter), BUSY_MS)
  })
  // Coming back with Back must find a form that can be sent.
  window.addEventListener('pageshow', () => page.querySelectorAll('[data-tf-sending]').forEach((form) => rest(form)))
}

function rest (form, submitter) {
  delete form.dataset.tfSending
  const busy = submitter ? [submitter] : form.querySelectorAll('[aria-busy]')
  busy.forEach((button) => button.removeAttribute('aria-busy'))
}
