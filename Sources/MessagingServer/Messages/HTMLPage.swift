/// The frame of a page for people: its head and style sheet around a body. It has no script and loads nothing.
struct HTMLPage {
    /// The title, escaped for HTML.
    let title: String
    /// The style sheet.
    let style: String
    /// The HTML of the body.
    let body: String

    /// The HTML of the page.
    var text: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title)</title>
        <style>\(style)</style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
