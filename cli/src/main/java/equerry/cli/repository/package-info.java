/// The commands that make and mend repositories as a whole.
package equerry.cli.repository;
