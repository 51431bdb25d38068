/** A password in a URL, which a message would repeat when the URL was put in the wrong place. */

/** The text without what stands before the host of a URL. */
export const withoutUrlSecrets = (text: string): string => text.replaceAll(/:\/\/[^\s"]*@/g, "://…@")
