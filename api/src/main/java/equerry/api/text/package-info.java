/// Values as Python writes them, which names of files and columns of tables must repeat.
package equerry.api.text;
