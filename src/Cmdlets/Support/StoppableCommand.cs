using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>A command that does long work on another thread, and ends at once when the pipeline is stopped.</summary>
public abstract class StoppableCommand : PSCmdlet, IDisposable
{
    /// <summary>
    /// How long a stopped pipeline waits for its work: Ctrl+C must end within a tenth of a second, and work that notices it later ends by
    /// itself. Tests wait longer, because they also run on busy machines.
    /// </summary>
    internal static TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(80);

    // Without a timer it holds nothing that must be released, and StopProcessing may come late, from another thread.
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Asks running work to end.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>
    /// Ends what is still under way. When another command of the pipeline fails or has enough, PowerShell calls neither EndProcessing nor
    /// StopProcessing, only this.
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) => _stopping.Cancel();

    /// <summary>Canceled when the pipeline is stopped.</summary>
    private protected CancellationToken StoppingToken => _stopping.Token;

    /// <summary>Whether verbose text is wanted.</summary>
    internal bool IsVerbose { get; private set; }

    /// <summary>Refuses nulls, and finds out whether verbose text is wanted, so that none is composed in vain.</summary>
    protected override void BeginProcessing()
    {
        RefuseNulls();
        // The variable's value does not include -Verbose of the command itself.
        if (MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given) && given is SwitchParameter verbose)
            IsVerbose = verbose;
        else
            IsVerbose = LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
                && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>Writes an error, which is shown as plain text.</summary>
    /// <param name="errorRecord">The error.</param>
    public new void WriteError(ErrorRecord errorRecord) => base.WriteError(ShownText.Plain(errorRecord));

    /// <summary>Ends the pipeline with an error, which is shown as plain text.</summary>
    /// <param name="errorRecord">The error.</param>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(ShownText.Plain(errorRecord));

    /// <summary>Writes a warning as plain text.</summary>
    /// <param name="text">The warning.</param>
    public new void WriteWarning(string text) => base.WriteWarning(PlainText.Line(text));

    /// <summary>Writes verbose text as plain text.</summary>
    /// <param name="text">The text.</param>
    public new void WriteVerbose(string text) => base.WriteVerbose(PlainText.Line(text));

    /// <summary>Asks whether something is to be done, in plain text.</summary>
    /// <param name="target">What it is done to.</param>
    /// <param name="action">What is done.</param>
    /// <returns>Whether to do it.</returns>
    public new bool ShouldProcess(string target, string action) => base.ShouldProcess(PlainText.Line(target), PlainText.Line(action));

    /// <summary>Works on one object. An error of it is written, so that the next object follows.</summary>
    /// <returns>Whether it succeeded.</returns>
    private protected bool Try(ErrorContext context, Action work)
    {
        ErrorRecord? error;
        try
        {
            error = ErrorOf(work, context);
        }
        // An error that nobody foresaw is this object's too. What PowerShell throws to end a pipeline passes.
        catch (Exception exception) when (
            exception is not (RuntimeException or FlowControlException or HaltCommandException or OperationCanceledException))
        {
            error = new ErrorRecord(exception, exception.GetType().FullName, ErrorCategory.NotSpecified, context.Subject ?? context.File);
        }
        if (error is null)
            return true;
        WriteError(error);
        return false;
    }

    /// <summary>Does what every object needs. An error of it ends the pipeline.</summary>
    private protected void Require(ErrorContext context, Action work)
    {
        if (ErrorOf(work, context) is ErrorRecord error)
            ThrowTerminatingError(error);
    }

    /// <summary>Ends the pipeline with the error of a parameter's value.</summary>
    private protected void Refuse(string message, object? target = null) =>
        ThrowTerminatingError(CommandErrors.InvalidOption(message, target));

    // A misspelt variable or property is null, and would silently mean the default.
    private void RefuseNulls()
    {
        foreach ((string name, object? value) in MyInvocation.BoundParameters)
        {
            if (GetType().GetProperty(name) is null)
                continue;
            if (value is null)
                Refuse($"-{name} is null. Give a value, or leave -{name} out.");
            if (value is Array values && Array.IndexOf(values, null) is int index and >= 0)
                Refuse($"-{name} has the value null at position {index + 1} of {values.Length}. Leave it out of the list.", value);
        }
    }

    private ErrorRecord? ErrorOf(Action work, ErrorContext context)
    {
        DependencyException? missing = null;
        try
        {
            work();
            return null;
        }
        // Without a library that the engine needs, no other object can be worked on either.
        catch (Exception exception) when ((missing = DependencyException.Find(exception)) is not null)
        {
        }
        catch (Exception exception) when (CommandErrors.Of(exception, context) is ErrorRecord error)
        {
            return error;
        }
        ThrowTerminatingError(CommandErrors.Of(missing)!);
        return null;
    }

    /// <summary>Does work on another thread.</summary>
    /// <param name="work">Gets a way to post an action to the pipeline thread, and a token that asks it to end.</param>
    /// <param name="cleansUp">Whether the process waits for the end of stopped work, because it removes a file.</param>
    private protected TResult InBackground<TResult>(Func<Action<Action>, CancellationToken, TResult> work, bool cleansUp = false) =>
        BackgroundWork.Run(work, Grace, cleansUp, _stopping.Token);

    /// <summary>Reads a picture on another thread, and writes what is to be said of it.</summary>
    /// <exception cref="PictureException">It cannot be read.</exception>
    internal PixelDataset ReadPicture(string file, PictureReadOptions options)
    {
        var notes = new List<PictureNote>();
        PixelDataset picture = InBackground((_, stopping) => PictureReader.Read(file, options with { Notify = notes.Add, Cancellation = stopping }));
        foreach (PictureNote note in notes.Where(note => note.IsWarning))
            WriteWarning(note.Text);
        string steps = string.Join(' ', notes.Where(note => !note.IsWarning).Select(note => note.Text));
        WriteVerboseLine($"Read '{file}': {picture.Width} x {picture.Height}, {picture.BitDepth} bit, channels: {picture.Channels}. {steps}");
        return picture;
    }

    /// <summary>Prepares to use the picture of a -Reference. What cannot be read ends the pipeline before any work.</summary>
    private protected ReferencePicture? RequireReference(PictureSource? source)
    {
        if (source is null)
            return null;
        var reference = new ReferencePicture(this, source);
        Require(default, () => reference.Read(new PictureReadOptions()));
        return reference;
    }

    /// <summary>Loads a model file on another thread, and says what is in it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">The model that its network started with; null for the one beside it.</param>
    /// <exception cref="ModelFileException">It cannot be loaded.</exception>
    internal Mlp LoadNetwork(string file, Mlp? start = null)
    {
        ModelDocument model = InBackground((_, stopping) => ModelFile.Load(file, start, stopping));
        string kind = model.Precision?.ToString() ?? "compressed";
        WriteVerboseLine($"Loaded '{file}': {model.Network}, {kind}, {model.Length} bytes, written by {model.Writer}.");
        if (model.Training is TrainingFacts training)
            WriteVerboseLine($"It learned {training}.");
        return model.Network;
    }

    /// <summary>Writes a file on another thread, and shows its progress.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="part">What is counted, such as rows.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Gets an action to call with how many are done, and a token that asks it to end.</param>
    /// <param name="showsFirst">Whether progress is shown from the first part on, and not after an interval.</param>
    private protected void InBackground(
        string title, string part, int count, Action<Action<int>, CancellationToken> work, bool showsFirst = true)
    {
        var activity = new ProgressActivity(WriteProgress, title);
        var throttle = new ProgressThrottle();
        if (!showsFirst)
            _ = throttle.TryPass();
        try
        {
            InBackground((post, stopping) =>
            {
                void ShowDone(int done)
                {
                    if (throttle.TryPass())
                        post(() => activity.Show($"{part} {done} of {count}", (double)done / count));
                }

                work(ShowDone, stopping);
                return true;
            }, cleansUp: true);
        }
        finally
        {
            activity.Complete();
        }
    }

    /// <summary>Whether the user gave a parameter.</summary>
    internal bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Throws where parameters were given beside one that leaves them nothing to choose. A switch that is off was not given.</summary>
    /// <param name="owner">The parameter that was given.</param>
    /// <param name="why">What it has, after its name.</param>
    /// <param name="others">The parameters that do not go with it.</param>
    /// <exception cref="ArgumentException">One of them was given.</exception>
    private protected void RequireAlone(string owner, string why, params IEnumerable<string> others)
    {
        string? other = others.FirstOrDefault(name =>
            MyInvocation.BoundParameters.TryGetValue(name, out object? value) && value is not SwitchParameter { IsPresent: false });
        if (other is not null)
            throw new ArgumentException($"{owner} {why}. Leave out {other} or {owner}.");
    }

    private protected void WriteVerboseLine(FormattableString text)
    {
        if (IsVerbose)
            WriteVerbose(text.ToString(CultureInfo.InvariantCulture));
    }
}
