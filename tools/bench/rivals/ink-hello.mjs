/** The least that an Ink program can be, as its README begins: unbundled. What starting is measured in. */
import { render, Text } from "ink"
import { createElement } from "react"

render(createElement(Text, null, "Hello, world"))
