using System.Management.Automation;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>What a command says, as plain text: a name in it may come from a stranger.</summary>
internal static class ShownText
{
    /// <summary>The record of an error, which is shown as plain text; its exception and its target are as they were.</summary>
    public static ErrorRecord Plain(ErrorRecord error)
    {
        string message = error.ErrorDetails?.Message ?? error.Exception.Message;
        if (!PlainText.IsPlain(message))
            error.ErrorDetails = new ErrorDetails(PlainText.Line(message)) { RecommendedAction = error.ErrorDetails?.RecommendedAction ?? "" };
        // PowerShell makes it of the target.
        if (error.CategoryInfo.TargetName is string target && !PlainText.IsPlain(target))
            error.CategoryInfo.TargetName = PlainText.Line(target);
        return error;
    }
}
