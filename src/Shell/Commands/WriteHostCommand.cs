using System.Collections;
using System.Management.Automation;

namespace MonaLisa.Shell.Commands;

/// <summary>Shows text to the person in front of the screen, past the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to show.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    /// <summary>Stays on the line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a collection.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>Colour of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>Colour behind the text.</summary>
    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteInformation(
            new HostInformationMessage
            {
                Message = Text(Object),
                NoNewLine = NoNewline,
                ForegroundColor = ForegroundColor ?? Host.UI.RawUI.ForegroundColor,
                BackgroundColor = BackgroundColor ?? Host.UI.RawUI.BackgroundColor,
            },
            ["PSHOST"]);

    private string Text(object? value) => value switch
    {
        null => "",
        PSObject { BaseObject: IEnumerable and not string } wrapped => Text(wrapped.BaseObject),
        IEnumerable list and not string => string.Join(Separator.ToString(), list.Cast<object?>().Select(Text)),
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
