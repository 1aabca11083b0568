/// The commands that change a repository.
package equerry.cli.change;
