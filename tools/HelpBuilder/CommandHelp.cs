namespace MonaLisa.HelpBuilder;

/// <summary>The help of a command.</summary>
/// <param name="File">The file that it comes from.</param>
/// <param name="Name">The command.</param>
/// <param name="Synopsis">What it does, in a sentence.</param>
/// <param name="Description">What there is to know, by paragraphs.</param>
/// <param name="Parameters">Each parameter's text, by name.</param>
/// <param name="Inputs">What comes through the pipeline: types and texts.</param>
/// <param name="Outputs">What is written to it.</param>
/// <param name="Examples">What to type.</param>
/// <param name="Links">Names of other topics, and addresses.</param>
internal sealed record CommandHelp(
    string File, string Name, string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<NamedText> Parameters,
    IReadOnlyList<NamedText> Inputs, IReadOnlyList<NamedText> Outputs, IReadOnlyList<Example> Examples, IReadOnlyList<string> Links);

/// <summary>Paragraphs under a name.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Line">The heading's line.</param>
/// <param name="Paragraphs">What is under it.</param>
internal sealed record NamedText(string Name, int Line, IReadOnlyList<string> Paragraphs);

/// <summary>An example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">What comes of it.</param>
internal sealed record Example(string Title, string Code, IReadOnlyList<string> Remarks);
