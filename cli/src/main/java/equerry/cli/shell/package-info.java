/// What commands share: how they read options and how they tell what they found or did.
package equerry.cli.shell;
