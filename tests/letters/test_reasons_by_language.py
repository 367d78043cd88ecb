"""Reasons as letters in six languages give them, and sentences that give none."""

from __future__ import annotations

import pytest

from kindregards.core.letters import pasted_letter, read_letter
from kindregards.core.letters.reading import Kind

REFUSALS = {
    "de": "Guten Tag Frau Sommer,\n\nleider können wir Ihre Bewerbung nicht berücksichtigen. {}\n\n"
    "Mit freundlichen Grüßen\nPersonalabteilung",
    "fr": "Bonjour Madame Sommer,\n\nNous avons le regret de vous informer que votre candidature"
    " n'a pas été retenue. {}\n\nCordialement,\nLe service recrutement",
    "es": "Hola, Marta:\n\nLamentamos comunicarle que no ha sido seleccionada para el puesto. {}\n"
    "\nUn saludo,\nRecursos Humanos",
    "pt": "Olá Marta,\n\nLamentamos informar que a sua candidatura não foi selecionada. {}\n\n"
    "Com os melhores cumprimentos,\nRecursos Humanos",
    "nl": "Beste mevrouw Somers,\n\nHelaas gaan we niet verder met uw sollicitatie. {}\n\n"
    "Met vriendelijke groet,\nPersoneelszaken",
    "it": "Gentile dottoressa Sommi,\n\npurtroppo la Sua candidatura non è stata selezionata. {}\n"
    "\nCordiali saluti,\nRisorse Umane",
}

REASONS = [
    ("de", "Uns fehlte bei Ihnen Erfahrung im Projektgeschäft."),
    ("de", "Sie verfügen nicht über den erforderlichen Hochschulabschluss."),
    ("de", "Ihre Deutschkenntnisse reichen für den Kundenkontakt noch nicht aus."),
    ("de", "Ihre Gehaltsvorstellung übersteigt unser Budget."),
    ("de", "Für diese Einstiegsstelle sind Sie überqualifiziert."),
    ("de", "Ihre Kündigungsfrist von sechs Monaten ist für uns zu lang."),
    ("de", "Im Test haben Sie 41 von 100 Punkten erreicht, erforderlich waren 60."),
    ("de", "Eine gültige Arbeitserlaubnis ist Voraussetzung und liegt nicht vor."),
    ("de", "Ihre Antworten blieben im Gespräch recht allgemein."),
    ("de", "Wir haben jemanden gewählt, der schon länger in der Branche arbeitet."),
    ("fr", "Vous ne justifiez pas des cinq années d'expérience demandées."),
    ("fr", "Votre niveau d'anglais est insuffisant pour ce poste."),
    ("fr", "Le permis C est obligatoire et vous ne l'avez pas."),
    ("fr", "Vos prétentions salariales dépassent notre budget."),
    ("fr", "Vous êtes surqualifiée pour cette mission."),
    ("fr", "Votre préavis de trois mois est trop long pour nous."),
    ("fr", "Vous avez obtenu 8 sur 20 au test, le seuil étant de 12."),
    ("fr", "Vos réponses sont restées trop générales."),
    ("fr", "Il vous manque une expérience du management."),
    ("fr", "Nous avons préféré un candidat plus expérimenté en comptabilité."),
    ("es", "No cuenta con los tres años de experiencia que pedíamos."),
    ("es", "Su nivel de inglés no es suficiente para el puesto."),
    ("es", "Es imprescindible el carné de conducir y usted no lo tiene."),
    ("es", "Sus pretensiones económicas superan nuestro presupuesto."),
    ("es", "Consideramos que está sobrecualificada para estas tareas."),
    ("es", "Necesitamos incorporación inmediata y usted no puede hasta marzo."),
    ("es", "En la prueba obtuvo 4 puntos sobre 10 y la nota de corte era 6."),
    ("es", "Sus respuestas fueron poco concretas."),
    ("es", "Le falta experiencia en gestión de equipos."),
    ("es", "Elegimos a alguien con más experiencia en el sector."),
    ("pt", "Não tem os três anos de experiência que pedíamos."),
    ("pt", "O seu nível de inglês não é suficiente para a função."),
    ("pt", "A carta de condução é obrigatória e não a possui."),
    ("pt", "A sua pretensão salarial ultrapassa o nosso orçamento."),
    ("pt", "Consideramos que é demasiado qualificada para estas tarefas."),
    ("pt", "Na prova obteve 4 valores e a nota mínima era 10."),
    ("pt", "As suas respostas foram pouco concretas."),
    ("pt", "Falta-lhe experiência em gestão de equipas."),
    ("pt", "Escolhemos alguém com mais experiência no setor."),
    ("nl", "U heeft niet de drie jaar ervaring waar we om vroegen."),
    ("nl", "Uw niveau Engels is niet voldoende voor de functie."),
    ("nl", "Een rijbewijs is verplicht en dat heeft u niet."),
    ("nl", "Uw salariseis ligt boven ons budget."),
    ("nl", "Wij vinden u overgekwalificeerd voor dit werk."),
    ("nl", "Op de test scoorde u 41 punten en de grens was 60."),
    ("nl", "Uw antwoorden bleven wat algemeen."),
    ("nl", "U mist ervaring met leidinggeven."),
    ("nl", "We kozen iemand met meer ervaring in de sector."),
    ("it", "Non possiede i tre anni di esperienza richiesti."),
    ("it", "Il Suo livello di inglese non è sufficiente per il ruolo."),
    ("it", "La patente B è indispensabile e Lei non la possiede."),
    ("it", "La Sua richiesta economica supera il nostro budget."),
    ("it", "La riteniamo sovraqualificata per queste mansioni."),
    ("it", "Nel test ha ottenuto 4 punti, il minimo era 6."),
    ("it", "Le Sue risposte sono rimaste un po' generiche."),
    ("it", "Le manca esperienza nella gestione di gruppi."),
    ("it", "Abbiamo scelto una persona con maggiore esperienza nel settore."),
]

NO_REASONS = [
    ("de", "Bitte sehen Sie darin keine Wertung Ihrer Qualifikation oder Erfahrung."),
    ("de", "Andere Bewerberinnen entsprechen unserem Anforderungsprofil noch genauer."),
    ("de", "Die Entscheidung ist uns nicht leichtgefallen, das Niveau war sehr hoch."),
    ("de", "Aus Gründen der Gleichbehandlung können wir keine Begründung geben."),
    ("de", "Das Auswahlverfahren muss ich damit leider für Sie beenden."),
    ("de", "Wir wünschen Ihnen, dass Sie Ihre Kenntnisse bald an anderer Stelle einbringen."),
    ("fr", "Cette décision ne remet pas en cause la qualité de votre expérience."),
    ("fr", "D'autres profils correspondaient davantage à nos attentes."),
    ("fr", "Le niveau des candidatures était très élevé et le choix difficile."),
    ("fr", "Nous ne sommes malheureusement pas en mesure de motiver nos décisions."),
    ("fr", "Nous sommes certains que vos compétences seront appréciées ailleurs."),
    ("es", "Esta decisión no pone en duda su experiencia ni su valía."),
    ("es", "Otros perfiles se ajustaban mejor a lo que buscábamos."),
    ("es", "El nivel de las candidaturas era muy alto y la decisión, difícil."),
    ("es", "No podemos dar explicaciones individuales de la decisión."),
    ("es", "Estamos seguros de que su experiencia será valorada en otra empresa."),
    ("pt", "Esta decisão não põe em causa a sua experiência."),
    ("pt", "Outros perfis correspondiam melhor ao que procurávamos."),
    ("pt", "O nível das candidaturas era muito elevado e a decisão foi difícil."),
    ("pt", "Não nos é possível dar explicações individuais."),
    ("nl", "Dit zegt niets over uw kwaliteiten of ervaring."),
    ("nl", "Ook wij maken bij het kiezen weleens fouten."),
    ("nl", "Andere kandidaten sloten beter aan bij wat we zochten."),
    ("nl", "Het niveau van de sollicitaties was hoog en de keuze moeilijk."),
    ("nl", "Wij kunnen onze keuze helaas niet per persoon toelichten."),
    ("it", "Questa decisione non mette in discussione la Sua esperienza."),
    ("it", "Altri profili erano più in linea con quanto cercavamo."),
    ("it", "Il livello delle candidature era molto alto e la scelta difficile."),
    ("it", "Non ci è possibile motivare singolarmente le nostre decisioni."),
]


@pytest.mark.parametrize(("language", "sentence"), REASONS)
def test_a_reason_that_is_given_is_told(language: str, sentence: str) -> None:
    reading = read_letter(pasted_letter(REFUSALS[language].format(sentence)))
    assert reading.language == language
    assert reading.kind is Kind.REJECTION
    assert [said.quote for said in reading.feedback] == [sentence]


@pytest.mark.parametrize(("language", "sentence"), NO_REASONS)
def test_what_is_no_reason_is_not_told_as_one(language: str, sentence: str) -> None:
    reading = read_letter(pasted_letter(REFUSALS[language].format(sentence)))
    assert reading.kind is Kind.REJECTION
    assert not reading.feedback
