"""One sentence of refusal in a letter, and receipts that speak of refusals, in eight languages."""

from __future__ import annotations

import pytest

from kindregards.core.letters import pasted_letter, read_letter
from kindregards.core.letters.reading import Kind

LETTERS = {
    "de": "Sehr geehrte Frau Sommer,\n\nvielen Dank für Ihre Bewerbung als Technikerin. {}\n\n"
    "Mit freundlichen Grüßen\nPersonalabteilung",
    "fr": "Bonjour Madame Sommer,\n\nNous vous remercions de votre candidature au poste de"
    " technicienne. {}\n\nCordialement,\nLe service recrutement",
    "es": "Hola, Marta:\n\nGracias por tu candidatura al puesto de técnica. {}\n\n"
    "Un saludo,\nRecursos Humanos",
    "pt": "Olá Marta,\n\nAgradecemos a sua candidatura à função de técnica. {}\n\n"
    "Com os melhores cumprimentos,\nRecursos Humanos",
    "nl": "Beste mevrouw Somers,\n\nBedankt voor uw sollicitatie naar de functie van technicus. {}"
    "\n\nMet vriendelijke groet,\nPersoneelszaken",
    "pl": "Szanowna Pani,\n\ndziękujemy za aplikację na stanowisko technika. {}\n\n"
    "Z poważaniem\nDział personalny",
    "fi": "Hei Sanna,\n\nkiitos hakemuksestasi teknikon tehtävään. {}\n\n"
    "Ystävällisin terveisin\nHenkilöstöpalvelut",
    "it": "Gentile dottoressa Sommi,\n\ngrazie per la Sua candidatura come tecnica. {}\n\n"
    "Cordiali saluti,\nRisorse Umane",
}

REFUSALS = [
    ("de", "Wir werden Ihre Bewerbung nicht weiterverfolgen."),
    ("de", "Leider können wir Ihnen kein Angebot machen."),
    ("de", "Wir haben uns für andere Bewerber entschieden."),
    ("de", "Ihre Bewerbung war leider nicht erfolgreich."),
    ("de", "Die Stelle ist inzwischen vergeben."),
    ("de", "Wir möchten den Prozess mit Ihnen nicht fortsetzen."),
    ("de", "Leider kommen Sie für die Stelle nicht in Betracht."),
    ("de", "Sie sind leider nicht in der engeren Auswahl."),
    ("de", "Wir müssen Ihnen daher heute eine Absage erteilen."),
    ("de", "Ihr Profil passt leider nicht zu unseren Anforderungen."),
    ("de", "Wir haben die Position anderweitig besetzt."),
    ("de", "Leider hat es dieses Mal nicht geklappt."),
    ("fr", "Nous ne donnerons pas suite à votre candidature."),
    ("fr", "Nous ne poursuivrons pas le processus avec vous."),
    ("fr", "Votre candidature n'a pas été retenue."),
    ("fr", "Nous avons choisi de poursuivre avec d'autres candidats."),
    ("fr", "Le poste est déjà attribué."),
    ("fr", "Nous ne retiendrons pas votre profil."),
    ("fr", "Votre profil ne correspond pas à nos besoins actuels."),
    ("fr", "Nous ne sommes pas en mesure de retenir votre candidature."),
    ("fr", "Nous avons confié le poste à une autre personne."),
    ("fr", "Nous ne pouvons malheureusement pas répondre favorablement à votre demande."),
    ("fr", "Nous avons décidé de ne pas aller plus loin."),
    ("fr", "Votre profil ne colle pas au rôle que nous ouvrons."),
    ("es", "No seguiremos adelante con tu candidatura."),
    ("es", "Tu perfil no encaja con lo que buscamos."),
    ("es", "Hemos decidido continuar con otros candidatos."),
    ("es", "La vacante ya está cubierta."),
    ("es", "Lamentamos comunicarte que no has sido seleccionada."),
    ("es", "No podemos ofrecerte el puesto."),
    ("es", "Tu candidatura ha sido descartada."),
    ("es", "En esta ocasión hemos optado por otro perfil."),
    ("es", "No continuarás en el proceso de selección."),
    ("es", "Hemos dado el puesto a otra persona."),
    ("pt", "Não vamos avançar com a sua candidatura."),
    ("pt", "O seu perfil não corresponde ao que procuramos."),
    ("pt", "Decidimos seguir com outros candidatos."),
    ("pt", "A vaga já foi preenchida."),
    ("pt", "Lamentamos informar que não foi selecionada."),
    ("pt", "Não podemos oferecer-lhe o lugar."),
    ("pt", "A sua candidatura foi recusada."),
    ("pt", "Desta vez optámos por outro perfil."),
    ("pt", "Não continuará no processo de seleção."),
    ("nl", "We gaan niet met u verder."),
    ("nl", "Uw profiel sluit niet aan bij wat we zoeken."),
    ("nl", "We hebben gekozen voor een andere kandidaat."),
    ("nl", "De vacature is inmiddels vervuld."),
    ("nl", "Helaas bent u niet geselecteerd."),
    ("nl", "Wij kunnen u de functie niet aanbieden."),
    ("nl", "Uw sollicitatie is afgewezen."),
    ("nl", "We nodigen u niet uit voor een gesprek."),
    ("nl", "U gaat niet door naar de volgende ronde."),
    ("it", "Non proseguiremo con la Sua candidatura."),
    ("it", "Il Suo profilo non corrisponde a quanto cerchiamo."),
    ("it", "Abbiamo deciso di proseguire con altri candidati."),
    ("it", "La posizione è stata coperta."),
    ("it", "Siamo spiacenti di informarLa che non è stata selezionata."),
    ("it", "Non possiamo offrirLe il posto."),
    ("it", "La Sua candidatura è stata scartata."),
    ("it", "Questa volta abbiamo scelto un altro profilo."),
    ("it", "Non accederà alla fase successiva."),
    ("pl", "Zdecydowaliśmy się kontynuować proces z innymi kandydatami."),
    ("pl", "Niestety nie została Pani zakwalifikowana do kolejnego etapu."),
    ("pl", "Stanowisko zostało już obsadzone."),
    ("pl", "Tym razem wybraliśmy inną osobę."),
    ("pl", "Pani profil nie odpowiada naszym wymaganiom."),
    ("pl", "Nie możemy zaproponować Pani zatrudnienia."),
    ("pl", "Rekrutacja została anulowana."),
    ("fi", "Valitettavasti et tullut valituksi tehtävään."),
    ("fi", "Päätimme edetä muiden hakijoiden kanssa."),
    ("fi", "Tehtävä on jo täytetty."),
    ("fi", "Emme kutsu sinua haastatteluun."),
    ("fi", "Valinta kohdistui toiseen hakijaan."),
    ("fi", "Emme voi tarjota sinulle paikkaa."),
    ("fi", "Rekrytointi on peruttu."),
]

NOT_YET = [
    ("de", "Sollten wir Sie nicht berücksichtigen können, erhalten Sie von uns eine Nachricht."),
    ("de", "Die Prüfung dauert leider etwas; wir bitten um Geduld."),
    ("de", "Absagen versenden wir erst nach Abschluss des Verfahrens. Wir prüfen Ihre Unterlagen."),
    ("fr", "Si votre candidature n'est pas retenue, vous en serez informée par courriel."),
    ("fr", "L'étude des dossiers prendra malheureusement plusieurs semaines."),
    ("fr", "Sans réponse sous un mois, considérez que votre candidature n'a pas été retenue."),
    ("es", "Si tu perfil no encaja, también te lo comunicaremos. Revisaremos tu candidatura."),
    ("es", "Lamentablemente la revisión llevará varias semanas; te avisaremos."),
    ("pt", "Caso não seja selecionada, também será informada. Vamos analisar a sua candidatura."),
    ("pt", "Infelizmente a análise vai demorar algumas semanas; entraremos em contacto."),
    ("nl", "Mocht u niet geselecteerd worden, dan hoort u dat ook. Wij bekijken uw sollicitatie."),
    ("nl", "Helaas duurt de beoordeling enkele weken; wij nemen daarna contact met u op."),
    ("it", "Se non sarà selezionata riceverà comunque una risposta. Valuteremo il Suo profilo."),
    ("it", "Purtroppo la valutazione richiederà alcune settimane; La contatteremo."),
]


@pytest.mark.parametrize(("language", "sentence"), REFUSALS)
def test_one_sentence_of_refusal_is_enough(language: str, sentence: str) -> None:
    reading = read_letter(pasted_letter(LETTERS[language].format(sentence)))
    assert reading.language == language
    assert reading.kind is Kind.REJECTION


@pytest.mark.parametrize(("language", "sentence"), NOT_YET)
def test_a_receipt_that_speaks_of_refusals_is_none(language: str, sentence: str) -> None:
    reading = read_letter(pasted_letter(LETTERS[language].format(sentence)))
    assert reading.kind is Kind.ACKNOWLEDGEMENT
