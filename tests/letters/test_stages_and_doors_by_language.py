"""How far the person came and how the door stands, as ordinary letters in six languages say it."""

from __future__ import annotations

import pytest

from kindregards.core.letters import pasted_letter, read_letter
from kindregards.core.letters.reading import Kind

LETTERS = {
    "de": "Guten Tag Frau Sommer,\n\n{}\n\nLeider haben wir uns für eine andere Person entschieden."
    "\n\n{}\n\nMit freundlichen Grüßen\nPersonalabteilung",
    "fr": "Bonjour Madame Sommer,\n\n{}\n\nNous avons malheureusement retenu une autre candidature."
    "\n\n{}\n\nCordialement,\nLe service recrutement",
    "es": "Hola, Marta:\n\n{}\n\nLamentablemente hemos elegido a otra persona.\n\n"
    "{}\n\nUn saludo,\nRecursos Humanos",
    "pt": "Olá Marta,\n\n{}\n\nInfelizmente escolhemos outra pessoa.\n\n"
    "{}\n\nCumprimentos,\nRecursos Humanos",
    "nl": "Beste mevrouw Somers,\n\n{}\n\nHelaas hebben we voor iemand anders gekozen.\n\n"
    "{}\n\nMet vriendelijke groet,\nPersoneelszaken",
    "it": "Gentile dottoressa,\n\n{}\n\npurtroppo abbiamo scelto un'altra persona.\n\n"
    "{}\n\nCordiali saluti,\nRisorse Umane",
}

STAGES = [
    ("de", "vielen Dank für Ihre Bewerbung.", "application"),
    ("de", "vielen Dank für das Gespräch am Montag.", "interview"),
    ("de", "danke, dass Sie bei uns waren.", "interview"),
    ("de", "danke für das Telefonat.", "screen"),
    ("de", "danke, dass Sie unseren Online-Test gemacht haben.", "screen"),
    (
        "de",
        "danke für die drei Gespräche und die Präsentation in der letzten Runde.",
        "final",
    ),
    ("de", "danke, dass Sie einen Tag bei uns zur Probe gearbeitet haben.", "interview"),
    ("fr", "merci de votre candidature.", "application"),
    ("fr", "merci pour l'entretien de lundi.", "interview"),
    ("fr", "merci d'être venue nous voir.", "interview"),
    ("fr", "merci pour notre entretien téléphonique.", "screen"),
    ("fr", "merci d'avoir passé notre test en ligne.", "screen"),
    ("fr", "merci pour les trois entretiens et votre présentation lors du dernier tour.", "final"),
    ("fr", "merci pour la journée d'essai.", "interview"),
    ("es", "gracias por tu candidatura.", "application"),
    ("es", "gracias por la entrevista del lunes.", "interview"),
    ("es", "gracias por venir a vernos.", "interview"),
    ("es", "gracias por la entrevista telefónica.", "screen"),
    ("es", "gracias por hacer nuestra prueba en línea.", "screen"),
    ("es", "gracias por la presentación en la ronda final, con los dos finalistas.", "final"),
    ("pt", "obrigado pela sua candidatura.", "application"),
    ("pt", "obrigado pela entrevista de segunda-feira.", "interview"),
    ("pt", "obrigado por ter vindo até nós.", "interview"),
    ("pt", "obrigado pela entrevista telefónica.", "screen"),
    ("pt", "obrigado por ter feito o nosso teste online.", "screen"),
    ("pt", "obrigado pelas três entrevistas e pela apresentação na última fase.", "final"),
    ("nl", "bedankt voor uw sollicitatie.", "application"),
    ("nl", "bedankt voor het gesprek van maandag.", "interview"),
    ("nl", "bedankt dat u bij ons langskwam.", "interview"),
    ("nl", "bedankt voor het telefoongesprek.", "screen"),
    ("nl", "bedankt voor het maken van onze online test.", "screen"),
    ("nl", "bedankt voor de drie gesprekken en de presentatie in de laatste ronde.", "final"),
    ("it", "grazie per la Sua candidatura.", "application"),
    ("it", "grazie per il colloquio di lunedì.", "interview"),
    ("it", "grazie di essere venuta da noi.", "interview"),
    ("it", "grazie per il colloquio telefonico.", "screen"),
    ("it", "grazie per aver svolto il nostro test online.", "screen"),
    ("it", "grazie per i tre colloqui e per la presentazione nell'ultima fase.", "final"),
]

DOORS = [
    ("de", "Wir wünschen Ihnen alles Gute.", "closed"),
    ("de", "Bewerben Sie sich gerne wieder.", "open"),
    ("de", "Wir behalten Ihre Unterlagen.", "open"),
    ("de", "Schauen Sie gern wieder auf unserer Karriereseite vorbei.", "open"),
    ("de", "Wir würden gern mit Ihnen in Kontakt bleiben.", "open"),
    ("de", "Für Rückfragen zur Entscheidung stehe ich gern zur Verfügung.", "unclear"),
    ("de", "Vielleicht kreuzen sich unsere Wege noch einmal.", "unclear"),
    ("de", "Ihre Unterlagen werden gelöscht.", "closed"),
    ("fr", "Nous vous souhaitons une bonne continuation.", "closed"),
    ("fr", "N'hésitez pas à postuler à nouveau.", "open"),
    ("fr", "Nous conservons votre dossier.", "open"),
    ("fr", "Consultez régulièrement nos offres sur notre site carrières.", "open"),
    ("fr", "Nous aimerions rester en contact.", "open"),
    ("fr", "Je reste à votre disposition pour en parler.", "unclear"),
    ("fr", "Peut-être nos chemins se croiseront-ils un jour.", "unclear"),
    ("es", "Te deseamos mucha suerte.", "closed"),
    ("es", "No dudes en volver a postularte.", "open"),
    ("es", "Guardamos tu currículum.", "open"),
    ("es", "Te invitamos a consultar nuestra página de empleo.", "open"),
    ("es", "Nos gustaría seguir en contacto.", "open"),
    ("es", "Quedo a tu disposición si quieres comentar la decisión.", "unclear"),
    ("es", "Quizá nuestros caminos se crucen algún día.", "unclear"),
    ("pt", "Desejamos-lhe muita sorte.", "closed"),
    ("pt", "Não hesite em candidatar-se novamente.", "open"),
    ("pt", "Guardamos o seu currículo.", "open"),
    ("pt", "Acompanhe as nossas vagas no site.", "open"),
    ("pt", "Gostaríamos de manter o contacto.", "open"),
    ("pt", "Fico à disposição para falar sobre a decisão.", "unclear"),
    ("pt", "Talvez os nossos caminhos se cruzem um dia.", "unclear"),
    ("nl", "Wij wensen u veel succes.", "closed"),
    ("nl", "Solliciteer gerust nog eens.", "open"),
    ("nl", "Wij bewaren uw gegevens.", "open"),
    ("nl", "Houd onze vacaturesite in de gaten.", "open"),
    ("nl", "We blijven graag in contact.", "open"),
    ("nl", "Voor een toelichting op de keuze kunt u mij bellen.", "unclear"),
    ("nl", "Misschien kruisen onze wegen elkaar nog eens.", "unclear"),
    ("it", "Le auguriamo ogni successo.", "closed"),
    ("it", "La invitiamo a ricandidarsi.", "open"),
    ("it", "Conserveremo il Suo curriculum.", "open"),
    ("it", "Consulti le posizioni aperte sul nostro sito.", "open"),
    ("it", "Vorremmo restare in contatto.", "open"),
    ("it", "Resto a disposizione per parlare della decisione.", "unclear"),
    ("it", "Forse le nostre strade si incroceranno di nuovo.", "unclear"),
]


@pytest.mark.parametrize(("language", "thanks", "stage"), STAGES)
def test_the_thanks_tell_how_far_the_person_came(language: str, thanks: str, stage: str) -> None:
    reading = read_letter(pasted_letter(LETTERS[language].format(thanks, "")))
    assert reading.kind is Kind.REJECTION
    assert reading.stage == stage


@pytest.mark.parametrize(("language", "farewell", "door"), DOORS)
def test_the_farewell_tells_the_door(language: str, farewell: str, door: str) -> None:
    reading = read_letter(pasted_letter(LETTERS[language].format("", farewell)))
    assert reading.kind is Kind.REJECTION
    assert reading.door == door
