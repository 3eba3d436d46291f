using System.ComponentModel;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MonaLisa.HelpBuilder;

/// <summary>Puts together what a module says of its commands and what the help texts do, in the form that Get-Help reads.</summary>
internal static partial class MamlDocument
{
    private const int FewestExamples = 3;

    // Where Get-Help -Online goes: the help's source, which is read as a page.
    private const string OnlineFolder = "https://github.com/monalisa-ps/MonaLisa.PS/blob/main/module/help/";

    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The document.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="texts">Their help.</param>
    /// <param name="folder">The folder of the help texts.</param>
    /// <exception cref="HelpException">A command or parameter has no text, a text no command or parameter, or examples are few.</exception>
    public static XDocument Of(IReadOnlyList<CmdletInfo> commands, IReadOnlyList<CommandHelp> texts, string folder)
    {
        foreach (CommandHelp text in texts)
            if (!commands.Any(command => command.Name == text.Name))
                throw new HelpException(text.File, 1, $"There is no command {text.Name}. Delete the file, or call it after its command.");
        return new XDocument(new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            commands.Select(command => CommandElement(command, texts.FirstOrDefault(text => text.Name == command.Name)
                ?? throw new HelpException(Path.Combine(folder, command.Name + ".md"), 1, $"{command.Name} has no help. Write this file.")))));
    }

    private static XElement CommandElement(CmdletInfo command, CommandHelp text)
    {
        if (text.Examples.Count < FewestExamples)
            throw new HelpException(text.File, 1, $"{command.Name} has {text.Examples.Count} examples. Give at least {FewestExamples}.");
        RequireSameParameters(command, text);
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", command.Name), new XElement(Command + "verb", command.Verb),
                new XElement(Command + "noun", command.Noun), Description([text.Synopsis])),
            Description(text.Description),
            new XElement(Command + "syntax", command.ParameterSets.Select(set => new XElement(
                Command + "syntaxItem", new XElement(Maml + "name", command.Name), OwnParameters(set).Select(parameter => ParameterElement(parameter, text))))),
            new XElement(Command + "parameters", Distinct(command).Select(parameter => ParameterElement(parameter, text))),
            new XElement(Command + "inputTypes", text.Inputs.Select(input => new XElement(Command + "inputType", Type(input.Name), Description(input.Paragraphs)))),
            new XElement(Command + "returnValues", text.Outputs.Select(output => new XElement(Command + "returnValue", Type(output.Name), Description(output.Paragraphs)))),
            new XElement(Command + "examples", text.Examples.Select((example, i) => new XElement(
                Command + "example",
                new XElement(Maml + "title", $"Example {i + 1}: {example.Title}"), new XElement(Dev + "code", example.Code),
                new XElement(Dev + "remarks", Paragraphs(example.Remarks))))),
            new XElement(Command + "relatedLinks", text.Links.Prepend(OnlineFolder + command.Name + ".md").Select(link => new XElement(
                Maml + "navigationLink",
                IsAddress(link)
                    ? (object[])[new XElement(Maml + "linkText", "Online Version:"), new XElement(Maml + "uri", link)]
                    : [new XElement(Maml + "linkText", link), new XElement(Maml + "uri")]))));
    }

    private static void RequireSameParameters(CmdletInfo command, CommandHelp text)
    {
        string[] names = [.. Distinct(command).Select(parameter => parameter.Name)];
        foreach (NamedText told in text.Parameters)
            if (!names.Contains(told.Name, StringComparer.Ordinal))
                throw new HelpException(text.File, told.Line, $"{command.Name} has no parameter {told.Name}. Delete the text.");
        foreach (string name in names)
            if (!(text.Parameters.FirstOrDefault(told => told.Name == name)?.Paragraphs.Count > 0))
                throw new HelpException(text.File, 1, $"-{name} of {command.Name} is not explained. Write '### {name}' and a text under Parameters.");
    }

    private static IEnumerable<CommandParameterInfo> OwnParameters(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    /// <summary>Each parameter once, as its first set has it.</summary>
    private static IEnumerable<CommandParameterInfo> Distinct(CmdletInfo command) =>
        command.ParameterSets.SelectMany(OwnParameters).DistinctBy(parameter => parameter.Name);

    private static XElement ParameterElement(CommandParameterInfo parameter, CommandHelp text)
    {
        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        string type = TypeName(parameter.ParameterType);
        NamedText told = text.Parameters.First(one => one.Name == parameter.Name);
        IEnumerable<string> values = Values(parameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false"),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position),
            new XAttribute("aliases", parameter.Aliases is { Count: > 0 } aliases ? string.Join(", ", aliases) : "none"),
            new XElement(Maml + "name", parameter.Name),
            Description(told.Paragraphs),
            values.Any() && !isSwitch
                ? new XElement(Command + "parameterValueGroup", values.Select(value => Value(value, required: false))) : null,
            isSwitch ? null : Value(type, required: true),
            Type(type),
            new XElement(Dev + "defaultValue", isSwitch ? "False" : parameter.IsMandatory ? "None" : DefaultOf(told)));
    }

    /// <summary>The default as the text has it, up to the end of its sentence.</summary>
    private static string DefaultOf(NamedText told) =>
        Default().Match(string.Join(' ', told.Paragraphs)) is { Success: true, Groups: [_, Group value] } ? value.Value : "None";

    [GeneratedRegex(@"\b(?:[Tt]he default is|[Bb]y default,?)\s+(.+?)(?=\.(?:\s|$)|$)")]
    private static partial Regex Default();

    private static IEnumerable<string> Values(CommandParameterInfo parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set)
            return set.ValidValues;
        return EnumerationOf(Plain(parameter.ParameterType)) is Type type ? Described(type) is { Length: > 0 } names ? names : Enum.GetNames(type) : [];
    }

    /// <summary>What can be chosen of an enumeration that says what its values mean.</summary>
    private static string[] Described(Type type) =>
        [.. type.GetFields().Where(field => field.IsDefined(typeof(DescriptionAttribute), inherit: false)).Select(field => field.Name)];

    /// <summary>The enumeration that a parameter chooses from; null where it is no choice.</summary>
    private static Type? EnumerationOf(Type type) =>
        type.IsEnum ? type : type.BaseType is { IsGenericType: true } choice ? Array.Find(choice.GetGenericArguments(), argument => argument.IsEnum) : null;

    /// <summary>The type that a user thinks of: of an array its elements', of a nullable what it may hold.</summary>
    private static Type Plain(Type type) =>
        type.IsArray ? Plain(type.GetElementType()!)
        : type is { IsGenericType: true, IsValueType: true } && type.GetGenericArguments() is [Type argument] ? Plain(argument)
        : type;

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };

    private static string TypeName(Type type) =>
        Plain(type).Name + (type.IsArray ? "[]" : "");

    private static XElement Value(string text, bool required) => new(
        Command + "parameterValue",
        new XAttribute("required", required ? "true" : "false"), new XAttribute("variableLength", "false"), text);

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph));

    private static bool IsAddress(string link) => Uri.TryCreate(link, UriKind.Absolute, out Uri? uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal);
}
