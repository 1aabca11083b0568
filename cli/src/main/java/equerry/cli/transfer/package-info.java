/// Commands that move datasets between repositories, documents and folders.
package equerry.cli.transfer;
