using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A command that hands long work to another thread and ends promptly when the pipeline is stopped.</summary>
#pragma warning disable CA1001 // Without a timer the token source holds nothing, and StopProcessing may come late, from another thread.
public abstract class StoppableCommand : PSCmdlet
#pragma warning restore CA1001
{
    // Ctrl+C must end within a tenth of a second; work that takes longer to notice ends by itself.
    private protected static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(80);

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Asks work under way to end.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Canceled when the pipeline is stopped.</summary>
    private protected CancellationToken StoppingToken => _stopping.Token;

    /// <summary>Whether verbose text is wanted.</summary>
    internal bool IsVerbose { get; private set; }

    /// <summary>Finds out whether verbose text is wanted, so that none is composed in vain.</summary>
    protected override void BeginProcessing()
    {
        // The variable's value takes no account of -Verbose on the command itself.
        if (MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given) && given is SwitchParameter verbose)
            IsVerbose = verbose;
        else
            IsVerbose = LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
                && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    internal TResult InBackground<TResult>(Func<Action<Action>, CancellationToken, TResult> work, bool cleansUp = false) =>
        WithDependencies(() => BackgroundWork.Run(work, Grace, cleansUp, _stopping.Token));

    /// <summary>
    /// Does what may need a library that the engine is built on; where that is not to be had, no other object can be worked on either.
    /// </summary>
    private protected TResult WithDependencies<TResult>(Func<TResult> work)
    {
        DependencyException failure;
        try
        {
            return work();
        }
        catch (Exception exception) when (DependencyException.Find(exception) is DependencyException found)
        {
            failure = found;
        }
        ThrowTerminatingError(CommandErrors.DependencyUnavailable(failure));
        throw failure;
    }

    /// <summary>Does what the parameters alone decide; what is wrong with them for every object ends the pipeline.</summary>
    /// <param name="check">Throws an <see cref="ArgumentException"/> where something is.</param>
    /// <param name="target">What the error is about, or null.</param>
    private protected void CheckOptions(Action check, object? target = null)
    {
        try
        {
            check();
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(CommandErrors.InvalidOption(exception, target));
        }
    }

    /// <summary>Whether the user gave a parameter.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected void WriteVerboseLine(FormattableString text)
    {
        if (IsVerbose)
            WriteVerbose(text.ToString(CultureInfo.InvariantCulture));
    }
}
