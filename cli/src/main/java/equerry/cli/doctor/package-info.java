/// The command that looks for what is wrong with a repository.
package equerry.cli.doctor;
