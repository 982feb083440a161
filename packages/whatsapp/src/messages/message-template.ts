/** A template as it is handed in for approval: the body of `POST /<account id>/message_templates`. */

export interface TemplateSample {
  readonly param_name: string;
  readonly example: string;
}

export type TemplateHeaderRequest =
  | {
      readonly type: "HEADER";
      readonly format: "TEXT";
      readonly text: string;
      readonly example?: { readonly header_text_named_params: readonly TemplateSample[] };
    }
  | {
      readonly type: "HEADER";
      readonly format: "IMAGE" | "VIDEO" | "DOCUMENT";
      /** Handles of the Resumable Upload API. */
      readonly example: { readonly header_handle: readonly string[] };
    };

export type TemplateButtonRequest =
  | { readonly type: "QUICK_REPLY"; readonly text: string }
  | {
      readonly type: "URL";
      readonly text: string;
      /** May end in the variable `{{1}}`. */
      readonly url: string;
      /** What stands for `{{1}}`. */
      readonly example?: readonly string[];
    };

export type TemplateComponentRequest =
  | TemplateHeaderRequest
  | {
      readonly type: "BODY";
      readonly text: string;
      readonly example?: { readonly body_text_named_params: readonly TemplateSample[] };
    }
  | { readonly type: "FOOTER"; readonly text: string }
  | { readonly type: "BUTTONS"; readonly buttons: readonly TemplateButtonRequest[] };

/** Of the kinds that a bot declares; variables are named, `{{name}}`. */
export interface TemplateRequest {
  readonly name: string;
  readonly language: string;
  readonly category: "UTILITY" | "MARKETING";
  readonly parameter_format?: "NAMED";
  readonly components: readonly TemplateComponentRequest[];
}
