using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MonaLisa.Cmdlets.Tests.Repository;
using MonaLisa.HelpBuilder;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests.Help;

/// <summary>The help of a parameter that can be left out says what happens then, and the value is the one in the code.</summary>
public partial class DefaultTextTests
{
    private static readonly IReadOnlyList<CmdletInfo> Commands = ModuleCommands.Of(typeof(ImportMlpModelCommand).Assembly.Location);

    public static TheoryData<string> Names => [.. Commands.Select(command => command.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_help_of_an_optional_parameter_tells_its_default(string name)
    {
        CmdletInfo command = Commands.Single(one => one.Name == name);
        CommandHelp help = HelpReader.Read(Path.Combine(RepositoryFiles.Root, "module", "help", name + ".md"));
        object instance = Activator.CreateInstance(command.ImplementingType)!;
        foreach (string parameter in OptionalParameters(command))
        {
            string text = string.Join(' ', help.Parameters.Single(told => told.Name == parameter).Paragraphs);
            Match said = Default().Match(text);
            Assert.True(said.Success, $"-{parameter} of {name}: its help does not say what its default is.");
            foreach (string value in ValuesOf(command.ImplementingType.GetProperty(parameter)!.GetValue(instance)))
                Assert.True(
                    Regex.IsMatch(text[said.Index..], $@"(?<![\w.]){Regex.Escape(value)}(?!\w|\.\d)"),
                    $"-{parameter} of {name}: its default is {value}, and its help does not say so.");
        }
    }

    private static IEnumerable<string> OptionalParameters(CmdletInfo command) => command.ParameterSets
        .SelectMany(set => set.Parameters).GroupBy(parameter => parameter.Name)
        .Where(sets => !Cmdlet.CommonParameters.Contains(sets.Key) && !Cmdlet.OptionalCommonParameters.Contains(sets.Key))
        .Where(sets => sets.All(parameter => !parameter.IsMandatory && parameter.ParameterType != typeof(SwitchParameter)))
        .Select(sets => sets.Key);

    /// <summary>A default as the help writes it; none where a value stands for one that was not given.</summary>
    private static IEnumerable<string> ValuesOf(object? value) => value switch
    {
        null or "" => [],
        double number => number == 0 ? [] : [number.ToString(CultureInfo.InvariantCulture)],
        Duration time => [time.TotalSeconds.ToString(CultureInfo.InvariantCulture)],
        IEnumerable list and not string => list.Cast<object>().SelectMany(ValuesOf),
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
    };

    [GeneratedRegex(@"\b([Tt]he default is|[Bb]y default)\b")]
    private static partial Regex Default();
}
