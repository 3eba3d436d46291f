using System.Text;

namespace MonaLisa.Engine.Models;

/// <summary>Makes the errors of one file that cannot be loaded.</summary>
internal sealed class ModelFaults(string path)
{
    private const int MaxQuotedLength = 40;

    /// <summary>The error for a file in which something is wrong.</summary>
    /// <param name="problem">The kind of problem; the remedy goes by it.</param>
    /// <param name="what">What is wrong, a clause without a full stop.</param>
    /// <param name="cause">What was caught, or null.</param>
    public ModelFileException Of(ModelFileProblem problem, string what, Exception? cause = null) =>
        new(problem, path, $"'{path}' cannot be loaded: {what}. {Remedy(problem)}", cause);

    /// <summary>Text out of the file, fit for a message: short, and without anything a terminal would obey.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quoted.Length > MaxQuotedLength)
            {
                quoted.Append("...");
                break;
            }
            quoted.Append(ModelText.IsPlain(rune) ? rune.ToString() : "?");
        }
        return quoted.Append('\'').ToString();
    }

    private static string Remedy(ModelFileProblem problem) => problem switch
    {
        ModelFileProblem.NotFound => "Check the name and the folder.",
        ModelFileProblem.IsFolder => "Give the model files in it, for example with a wildcard.",
        ModelFileProblem.AccessDenied => "Ask for permission, or copy it to where you may read it.",
        ModelFileProblem.NotSafetensors or ModelFileProblem.NotAModel => "Give a model file that MonaLisa.PS saved.",
        ModelFileProblem.UnknownVersion => "Install a newer MonaLisa.PS, or save the model again with this one.",
        ModelFileProblem.TooLarge => "Give a smaller model.",
        ModelFileProblem.NotFinite => "Train the network again and save it anew.",
        ModelFileProblem.ReadFailed => "Check that its disk is still connected and try again.",
        _ => "Copy or download it again, or save the model anew.",
    };
}
