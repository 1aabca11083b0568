/// Moving datasets: documents in and out, and from one repository to another.
package equerry.direct.exchange;
